using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Directory;

/// <summary>What callers do with branches.</summary>
public sealed class BranchService(IBranchStore branches, BranchGates gates, IMemberStore members, TimeProvider time)
{
    public async Task<Outcome<Branch>> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        await branches.FindAsync(id, cancellationToken) is { } branch ? branch : DirectoryRejections.BranchNotFound(id);

    /// <summary>In the order of ids.</summary>
    public async Task<Page<Branch>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var tree = await branches.ReadTreeAsync(cancellationToken);
        return Pages.Cut([.. tree.After(page.After).Take(page.Limit + 1)], page.Limit, branch => branch.Id.Value);
    }

    /// <summary>Everything below a branch goes where the branch goes.</summary>
    public Task<Outcome<Change<Branch>>> PutAsync(
        LmsId id, string name, LmsId? parentId, Precondition precondition, Actor by, CancellationToken cancellationToken) =>
        PutAsync(new BranchPut(id, name, parentId), precondition, by, cancellationToken);

    /// <summary>The same for many in their order. Those that change nothing cost nothing but one look at the tree.</summary>
    public async Task<IReadOnlyList<Outcome<Change<Branch>>>> PutManyAsync(IEnumerable<BranchPut> puts, Actor by, CancellationToken cancellationToken)
    {
        var outcomes = new List<Outcome<Change<Branch>>>();
        BranchTree? tree = null;
        foreach (var put in puts)
        {
            tree ??= await branches.ReadTreeAsync(cancellationToken);
            var outcome = await TryPutAsync(put, tree, Precondition.None, by, cancellationToken)
                ?? await PutAsync(put, Precondition.None, by, cancellationToken);
            outcomes.Add(outcome);
            tree = outcome.IsDone(out var change, out _) && tree.Find(put.Id) == change.After ? tree : null;
        }

        return outcomes;
    }

    private Task<Outcome<Change<Branch>>> PutAsync(BranchPut put, Precondition precondition, Actor by, CancellationToken cancellationToken) =>
        Attempts.UntilDoneAsync(async () => await TryPutAsync(put, await branches.ReadTreeAsync(cancellationToken), precondition, by, cancellationToken));

    /// <returns>Null when another writer came first.</returns>
    private async Task<Outcome<Change<Branch>>?> TryPutAsync(
        BranchPut put, BranchTree tree, Precondition precondition, Actor by, CancellationToken cancellationToken)
    {
        var (id, name, parentId) = put;
        var former = tree.Find(id);
        if (Refusal(tree, former, id, parentId, precondition) is { } why)
        {
            return why;
        }

        var changed = former is null || former.Name != name || former.ParentId != parentId;
        if (!changed && former!.IsNamed)
        {
            return Change.None(former);
        }

        var now = time.GetUtcNow();
        var next = changed ? NewVersion(id, name, isNamed: true, parentId, former, tree, now) : former! with { IsNamed = true };
        return await branches.TryPutAsync(next, tree, changed ? EntryOf(former, next, by, now) : null, cancellationToken)
            ? (Outcome<Change<Branch>>)(changed ? new Change<Branch>(former, next) : Change.None(next))
            : null;
    }

    /// <summary>Creates it, below no other, when it is not there; one that is there stays as it is, but for a name if it has none.</summary>
    /// <param name="name">Null: not told.</param>
    public async Task<Outcome<Change<Branch>>> EnsureAsync(LmsId id, string? name, Actor by, CancellationToken cancellationToken)
    {
        if (await branches.FindAsync(id, cancellationToken) is { } branch && (name is null || branch.IsNamed))
        {
            return Change.None(branch);
        }

        return await Attempts.UntilDoneAsync(() => TryEnsureAsync(id, name, by, cancellationToken));
    }

    /// <returns>Null when another writer came first: somebody else may create it, or name it, and then that one stays.</returns>
    private async Task<Outcome<Change<Branch>>?> TryEnsureAsync(LmsId id, string? name, Actor by, CancellationToken cancellationToken)
    {
        var tree = await branches.ReadTreeAsync(cancellationToken);
        var former = tree.Find(id);
        if (former is not null && (name is null || former.IsNamed))
        {
            return Change.None(former);
        }

        if (Refusal(tree, former, id, former?.ParentId, Precondition.None) is { } why)
        {
            return why;
        }

        var next = NewVersion(id, name ?? id.Value, isNamed: name is not null, former?.ParentId, former, tree, time.GetUtcNow());
        return await branches.TryPutAsync(next, tree, EntryOf(former, next, by, next.UpdatedAt), cancellationToken)
            ? (Outcome<Change<Branch>>)new Change<Branch>(former, next) : null;
    }

    private static Branch NewVersion(LmsId id, string name, bool isNamed, LmsId? parentId, Branch? former, BranchTree tree, DateTimeOffset now) => new()
    {
        Id = id,
        Name = name,
        IsNamed = isNamed,
        ParentId = parentId,
        CreatedAt = former?.CreatedAt ?? now,
        UpdatedAt = now,
        // The tree's own count: it goes on when a branch is deleted and made again.
        Version = tree.Version + 1,
    };

    public Task<Outcome<Change<Branch>>> DeleteAsync(LmsId id, Precondition precondition, Actor by, CancellationToken cancellationToken) =>
        Attempts.UntilDoneAsync<Outcome<Change<Branch>>>(async () =>
        {
            var tree = await branches.ReadTreeAsync(cancellationToken);
            if (tree.Find(id) is not { } branch)
            {
                return DirectoryRejections.BranchNotFound(id);
            }

            if (!precondition.Holds(branch.Version))
            {
                return Rejection.VersionConflict();
            }

            if (tree.HasChildren(id) || await HasMembersAsync(id, cancellationToken))
            {
                return DirectoryRejections.BranchInUse(id);
            }

            if (!branch.IsBeingDeleted)
            {
                await branches.TryPutAsync(branch with { IsBeingDeleted = true }, tree, entry: null, cancellationToken);
                return null;
            }

            // Who joined it meanwhile is seen now; who joins it later takes the mark away.
            await gates.CloseAsync(id, cancellationToken);
            if (await HasMembersAsync(id, cancellationToken))
            {
                return DirectoryRejections.BranchInUse(id);
            }

            var gone = branch with { IsBeingDeleted = false };
            return await branches.TryRemoveAsync(branch, tree, EntryOf(gone, null, by, time.GetUtcNow()), cancellationToken)
                ? (Outcome<Change<Branch>>)new Change<Branch>(gone, null)
                : null;
        });

    private static AuditEntry? EntryOf(Branch? before, Branch? after, Actor by, DateTimeOffset now) => AuditEntry.Of(
        by, now, before is null ? "branch.created" : after is null ? "branch.deleted" : "branch.edited", $"branches/{(after ?? before)!.Id}", before, after);

    private static Rejection? Refusal(BranchTree tree, Branch? former, LmsId id, LmsId? parentId, Precondition precondition)
    {
        if (!precondition.Holds(former?.Version))
        {
            return Rejection.VersionConflict();
        }

        if (tree.WouldCycle(id, parentId))
        {
            return DirectoryRejections.BranchCycle(id);
        }

        if (parentId is not null && tree.Find(parentId) is null)
        {
            return DirectoryRejections.UnknownBranch("parentId");
        }

        return former is null && tree.Branches.Count >= Limits.Branches ? DirectoryRejections.BranchLimitReached() : null;
    }

    private async Task<bool> HasMembersAsync(LmsId id, CancellationToken cancellationToken) =>
        await members.ReadBranchesAsync([id], after: null, pageSize: 1, cancellationToken).AnyAsync(cancellationToken);
}

/// <summary>What somebody says of a branch.</summary>
/// <param name="ParentId">Null: it is a root.</param>
public sealed record BranchPut(LmsId Id, string Name, LmsId? ParentId);
