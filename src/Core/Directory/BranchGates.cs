namespace CertFunctions.Core.Directory;

/// <summary>Lets users into branches that exist, and into no others.</summary>
/// <remarks>
/// A user and its branch lie in different places that no transaction spans. So each shard of users has a gate for each branch that its users
/// joined; a transaction that writes a user into a branch is refused where the gate is closed. Whoever opens a gate has looked for the branch
/// after the gate was read, and whoever deletes a branch marks it, closes its gates in all shards, looks for users then, and removes it only
/// if the tree is what it was. So of the two one finds the other, however long either of them sleeps in between: a user that was written before
/// its gate was closed is seen, an opener that read its gate before that is refused, and one that came later finds the mark and takes it away.
/// </remarks>
public sealed class BranchGates(IBranchGateStore gates, IBranchStore branches)
{
    /// <param name="branchIds">At least one, without repetition.</param>
    /// <returns>Those of the branches that exist: users of the shard may be written into them.</returns>
    public async Task<IReadOnlySet<LmsId>> OpenAsync(Shard shard, IReadOnlyCollection<LmsId> branchIds, CancellationToken cancellationToken)
    {
        var attempts = new Attempts();
        while (true)
        {
            attempts.Next();
            var open = (await gates.FindManyAsync(shard, branchIds, cancellationToken)).ToLookup(gate => gate.IsOpen);
            var closed = await KeepExistingAsync([.. open[false]], cancellationToken);
            if (closed.Count == 0 || await gates.TryOpenAsync(shard, closed, cancellationToken))
            {
                return open[true].Concat(closed).Select(gate => gate.BranchId).ToHashSet();
            }
        }
    }

    /// <summary>For whoever has marked the branch, and looks for users in it then.</summary>
    public Task CloseAsync(LmsId branchId, CancellationToken cancellationToken) => gates.CloseAsync(branchId, cancellationToken);

    /// <summary>A deletion that is under way, or was cut short by a crash, is called off.</summary>
    private async Task<IReadOnlyList<BranchGate>> KeepExistingAsync(IReadOnlyList<BranchGate> closed, CancellationToken cancellationToken)
    {
        for (var attempts = new Attempts(); closed.Count > 0;)
        {
            attempts.Next();
            var tree = await branches.ReadTreeAsync(cancellationToken);
            closed = [.. closed.Where(gate => tree.Find(gate.BranchId) is not null)];
            if (closed.Select(gate => tree.Find(gate.BranchId)!).FirstOrDefault(branch => branch.IsBeingDeleted) is not { } marked)
            {
                break;
            }

            await branches.TryPutAsync(marked with { IsBeingDeleted = false }, tree, entry: null, cancellationToken);
        }

        return closed;
    }
}
