namespace CertFunctions.Functions.Storage.Transactions;

/// <summary>What is known after a transaction was sent.</summary>
internal abstract record SubmitOutcome
{
    private SubmitOutcome()
    {
    }

    /// <param name="ETags">The new ETag of each operation's row, in order; null where none was answered.</param>
    public sealed record Succeeded(IReadOnlyList<string?> ETags) : SubmitOutcome;

    /// <summary>Refused as a whole because of one operation: a row is newer, is there already, or is missing.</summary>
    /// <param name="Index">The first operation that failed.</param>
    public sealed record Conflict(int Index) : SubmitOutcome;

    /// <summary>No answer, or one that says nothing: the transaction may or may not have been carried out.</summary>
    public sealed record Unknown(Exception Cause) : SubmitOutcome;
}
