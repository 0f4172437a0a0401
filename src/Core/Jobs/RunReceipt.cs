namespace CertFunctions.Core.Jobs;

/// <summary>How far a run has come. Written in the same transaction as the awards, so it never says more or less than is true.</summary>
/// <param name="Next">The index of the first task of the run that is not processed; in a retry, of the first that has not been looked at again.</param>
/// <param name="Stopped">Why nothing more may be written by this run; null: it goes on.</param>
/// <param name="At">When it was last written.</param>
public sealed record RunReceipt(RunKey Key, int Next, JobCounts Counts, string? Stopped, DateTimeOffset At)
{
    /// <summary>Why a run stopped whose job was cancelled: it goes on when that is resumed.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The <see cref="JobTurn.Number"/> of the turn in which it was last written.</summary>
    public int Turn { get; init; }

    public static RunReceipt Fresh(RunKey key) => new(key, 0, JobCounts.None, null, DateTimeOffset.MinValue);

    /// <summary>
    /// What it means for whoever writes in a turn. A later turn goes on where an earlier one was cancelled, and a retry looks at everything
    /// again. Whoever still writes in an earlier turn finds it as it is: stopped, or a rival's, and rivals are safe.
    /// </summary>
    public RunReceipt SeenIn(JobTurn turn) => Turn >= turn.Number ? this : this with
    {
        Turn = turn.Number,
        Next = Turn < turn.RetriedIn ? 0 : Next,
        Stopped = Turn < turn.RetriedIn || Stopped == Cancelled ? null : Stopped,
    };
}
