using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Directory;

/// <summary>Keeps the branches as one tree: it is read as a whole, and a change of it is refused when any other came first.</summary>
public interface IBranchStore
{
    /// <summary>As it stands now, in one consistent state. Costs one read unless it changed since the last time.</summary>
    Task<BranchTree> ReadTreeAsync(CancellationToken cancellationToken);

    Task<Branch?> FindAsync(LmsId id, CancellationToken cancellationToken);

    /// <param name="entry">What the audit is to say of it, stored with it or not at all; null: nothing.</param>
    /// <returns>False when the tree is no longer the one that was read.</returns>
    Task<bool> TryPutAsync(Branch branch, BranchTree tree, AuditEntry? entry, CancellationToken cancellationToken);

    /// <param name="entry">As above.</param>
    /// <returns>False when the tree is no longer the one that was read.</returns>
    Task<bool> TryRemoveAsync(Branch branch, BranchTree tree, AuditEntry? entry, CancellationToken cancellationToken);
}
