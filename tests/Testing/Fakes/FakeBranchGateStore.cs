using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

public sealed class FakeBranchGateStore : IBranchGateStore
{
    private readonly Dictionary<(Shard Shard, LmsId BranchId), BranchGate> gates = [];
    private readonly Lock gate = new();
    private int revisions;

    /// <summary>Called once, before the next gates are opened: somebody else may be faster.</summary>
    public Func<Task>? BeforeOpening { get; set; }

    public bool IsOpen(Shard shard, LmsId branchId)
    {
        lock (gate)
        {
            return Find(shard, branchId).IsOpen;
        }
    }

    public Task<IReadOnlyList<BranchGate>> FindManyAsync(Shard shard, IReadOnlyCollection<LmsId> branchIds, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<BranchGate>>([.. branchIds.Select(id => Find(shard, id))]);
        }
    }

    public async Task<bool> TryOpenAsync(Shard shard, IReadOnlyList<BranchGate> closed, CancellationToken cancellationToken)
    {
        var before = BeforeOpening;
        BeforeOpening = null;
        await (before?.Invoke() ?? Task.CompletedTask);
        lock (gate)
        {
            if (!closed.All(one => Find(shard, one.BranchId) == one))
            {
                return false;
            }

            foreach (var one in closed)
            {
                gates[(shard, one.BranchId)] = one with { IsOpen = true, Revision = NextRevision() };
            }

            return true;
        }
    }

    public Task CloseAsync(LmsId branchId, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            foreach (var shard in Shard.All)
            {
                gates[(shard, branchId)] = new BranchGate(branchId, IsOpen: false, NextRevision());
            }
        }

        return Task.CompletedTask;
    }

    private BranchGate Find(Shard shard, LmsId branchId) => gates.GetValueOrDefault((shard, branchId)) ?? new BranchGate(branchId, IsOpen: false, null);

    private string NextRevision() => $"{++revisions}";
}
