using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

public sealed class FakeBranchStore : IBranchStore
{
    private BranchTree tree = BranchTree.Empty;

    /// <summary>What was stored with changes for the audit to say.</summary>
    public FakeAudit Audit { get; } = new();

    /// <summary>Puts branches there.</summary>
    public void Add(params ReadOnlySpan<Branch> branches)
    {
        foreach (var branch in branches)
        {
            tree = tree.With(branch);
        }
    }

    public Task<BranchTree> ReadTreeAsync(CancellationToken cancellationToken) => Task.FromResult(tree);

    public Task<Branch?> FindAsync(LmsId id, CancellationToken cancellationToken) => Task.FromResult(tree.Find(id));

    public Task<bool> TryPutAsync(Branch branch, BranchTree tree, AuditEntry? entry, CancellationToken cancellationToken) =>
        Task.FromResult(Audit.Note(TryReplace(tree, tree.With(branch)), entry));

    public Task<bool> TryRemoveAsync(Branch branch, BranchTree tree, AuditEntry? entry, CancellationToken cancellationToken) =>
        Task.FromResult(Audit.Note(TryReplace(tree, tree.Without(branch.Id)), entry));

    private bool TryReplace(BranchTree from, BranchTree to) => ReferenceEquals(Interlocked.CompareExchange(ref tree, to, from), from);
}
