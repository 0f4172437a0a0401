namespace CertFunctions.Core.Directory;

/// <summary>The awards as they show their users.</summary>
public interface IAwardProjection
{
    /// <summary>
    /// Makes all awards that these users hold or held show the users as they are. One that changes meanwhile may still be shown as it was before:
    /// whoever changes a user calls this afterwards, and a slow caller does not undo what a later one did.
    /// </summary>
    /// <param name="userIds">All of <paramref name="shard"/>, in ordinal order, without repetition.</param>
    Task ShowAsync(Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken);
}
