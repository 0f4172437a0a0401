namespace CertFunctions.Core.Directory;

/// <summary>Keeps the branches as one tree: it is read as a whole, and a change of it is refused when any other came first.</summary>
public interface IBranchStore
{
    /// <summary>As it stands now, in one consistent state. Costs one read unless it changed since the last time.</summary>
    Task<BranchTree> ReadTreeAsync(CancellationToken cancellationToken);

    Task<Branch?> FindAsync(LmsId id, CancellationToken cancellationToken);

    /// <returns>False when the tree is no longer the one that was read.</returns>
    Task<bool> TryPutAsync(Branch branch, BranchTree tree, CancellationToken cancellationToken);

    /// <returns>False when the tree is no longer the one that was read.</returns>
    Task<bool> TryRemoveAsync(Branch branch, BranchTree tree, CancellationToken cancellationToken);
}

internal static class BranchStoreExtensions
{
    /// <summary>To be called when somebody has joined a branch: a deletion of it that is under way, or was cut short by a crash, is called off.</summary>
    /// <returns>False: there is no such branch any more.</returns>
    public static async Task<bool> TryKeepAsync(this IBranchStore branches, LmsId id, CancellationToken cancellationToken)
    {
        var branch = await branches.FindAsync(id, cancellationToken);
        for (var attempts = new Attempts(); branch is { IsBeingDeleted: true };)
        {
            attempts.Next();
            var tree = await branches.ReadTreeAsync(cancellationToken);
            branch = tree.Find(id) is { IsBeingDeleted: true } marked
                && await branches.TryPutAsync(marked with { IsBeingDeleted = false }, tree, cancellationToken)
                    ? marked with { IsBeingDeleted = false }
                    : tree.Find(id);
        }

        return branch is not null;
    }
}
