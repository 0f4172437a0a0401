namespace CertFunctions.Core.Directory;

/// <summary>The awards as they show their users.</summary>
public interface IAwardProjection
{
    /// <summary>
    /// Makes all awards that these users hold or held show the names that the users have. A user that is renamed meanwhile may still be shown
    /// under the name before: whoever renames a user calls this afterwards, and a slow caller does not undo what a later one did.
    /// </summary>
    /// <param name="userIds">All of <paramref name="shard"/>, in ordinal order, without repetition.</param>
    Task RenameAsync(Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken);
}
