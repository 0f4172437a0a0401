namespace CertFunctions.Core.Jobs;

public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    /// <summary>The first <paramref name="Count"/> writes are stored, with every view and count of them.</summary>
    public sealed record Committed(int Count) : CommitOutcome;

    /// <summary>An award has changed since it was read, or a completion has been used, nothing is stored: read again and decide again.</summary>
    public sealed record AwardChanged : CommitOutcome;

    /// <summary>The run's receipt was written by somebody else, nothing is stored: go on from the receipt as it is now.</summary>
    public sealed record ReceiptMoved : CommitOutcome;
}
