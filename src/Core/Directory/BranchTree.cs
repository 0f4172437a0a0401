using System.Collections.Immutable;

namespace CertFunctions.Core.Directory;

/// <summary>All branches in one state of the tree.</summary>
/// <param name="Version">Grows with every change of any branch.</param>
public sealed record BranchTree(int Version, ImmutableDictionary<LmsId, Branch> Branches)
{
    public static readonly BranchTree Empty = new(0, ImmutableDictionary<LmsId, Branch>.Empty);

    private readonly Lazy<Branch[]> byId = new(() => [.. Branches.Values.OrderBy(branch => branch.Id.Value, StringComparer.Ordinal)]);
    private readonly Lazy<ILookup<LmsId?, LmsId>> children = new(() => Branches.Values.ToLookup(branch => branch.ParentId, branch => branch.Id));

    public Branch? Find(LmsId id) => Branches.GetValueOrDefault(id);

    /// <summary>In the order of ids, those behind an id; null: all.</summary>
    public IEnumerable<Branch> After(string? id) =>
        id is null ? byId.Value : byId.Value.SkipWhile(branch => string.CompareOrdinal(branch.Id.Value, id) <= 0);

    public bool HasChildren(LmsId id) => children.Value.Contains(id);

    /// <summary>Whether <paramref name="id"/> under <paramref name="parentId"/> would be its own ancestor.</summary>
    public bool WouldCycle(LmsId id, LmsId? parentId)
    {
        for (var ancestor = parentId; ancestor is not null; ancestor = Find(ancestor)?.ParentId)
        {
            if (ancestor == id)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The branch and all below it; empty when there is no such branch.</summary>
    public IReadOnlyList<LmsId> WithDescendants(LmsId id)
    {
        if (Find(id) is null)
        {
            return [];
        }

        List<LmsId> found = [id];
        for (var next = 0; next < found.Count; next++)
        {
            found.AddRange(children.Value[found[next]]);
        }

        return found;
    }

    public BranchTree With(Branch branch) => new(Version + 1, Branches.SetItem(branch.Id, branch));

    public BranchTree Without(LmsId id) => new(Version + 1, Branches.Remove(id));
}
