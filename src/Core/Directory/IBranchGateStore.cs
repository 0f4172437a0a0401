namespace CertFunctions.Core.Directory;

/// <summary>
/// Keeps, for each shard of users, into which branches its users may be written. What <see cref="BranchGates"/> says of it is what keeps
/// users out of branches that do not exist.
/// </summary>
public interface IBranchGateStore
{
    /// <returns>One for each of the branches.</returns>
    Task<IReadOnlyList<BranchGate>> FindManyAsync(Shard shard, IReadOnlyCollection<LmsId> branchIds, CancellationToken cancellationToken);

    /// <summary>Opens gates, some fifty at a time.</summary>
    /// <param name="closed">As they were found; at least one.</param>
    /// <returns>False when one of them was opened, or closed once more, since; others may be open by then.</returns>
    Task<bool> TryOpenAsync(Shard shard, IReadOnlyList<BranchGate> closed, CancellationToken cancellationToken);

    /// <summary>Closes the branch in all shards, also to whoever found it closed before and is about to open it.</summary>
    Task CloseAsync(LmsId branchId, CancellationToken cancellationToken);
}

/// <param name="IsOpen">Users may be written into the branch. It may be closed at any time; a user is then not written.</param>
/// <param name="Revision">Names this state; null: nothing is stored of it.</param>
public sealed record BranchGate(LmsId BranchId, bool IsOpen, string? Revision);
