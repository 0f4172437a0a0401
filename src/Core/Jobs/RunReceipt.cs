namespace CertFunctions.Core.Jobs;

/// <summary>How far a run has come. Written in the same transaction as the awards, so it never says more or less than is true.</summary>
/// <param name="Next">The index of the first user of the run that is not processed.</param>
/// <param name="Stopped">Why nothing more may be written by this run; null: it goes on.</param>
/// <param name="At">When it was last written.</param>
public sealed record RunReceipt(RunKey Key, int Next, JobCounts Counts, string? Stopped, DateTimeOffset At)
{
    public static RunReceipt Fresh(RunKey key) => new(key, 0, JobCounts.None, null, DateTimeOffset.MinValue);
}
