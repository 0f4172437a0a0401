using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awards;

/// <summary>Checks that groups and branches exist and names sub-branches one by one.</summary>
public sealed class SelectionResolver(IGroupStore groups, IBranchStore branches)
{
    private const int ReadAtOnce = 32;

    public async Task<Outcome<AwardSelection>> ResolveAsync(AwardUsersRequest request, CancellationToken cancellationToken)
    {
        if (request.Users.Count + request.Groups.Count + request.Branches.Count == 0)
        {
            return Rejection.Invalid("selection_empty", "users", "groups and branches are all empty: name somebody to award");
        }

        if (await FindUnknownGroupsAsync(request.Groups, cancellationToken) is { Count: > 0 } unknownGroups)
        {
            return Unknown("group_not_found", "groups", unknownGroups, "is no group that exists");
        }

        var tree = request.Branches.Count == 0 ? BranchTree.Empty : await branches.ReadTreeAsync(cancellationToken);
        if (IndexesOf(request.Branches, branch => tree.Find(branch) is null) is { Count: > 0 } unknownBranches)
        {
            return Unknown("branch_not_found", "branches", unknownBranches, "is no branch that exists");
        }

        var chosen = request.IncludeSubBranches ? request.Branches.SelectMany(tree.WithDescendants) : request.Branches;
        return new AwardSelection(
            [.. request.Users.Distinct()],
            [.. SourcesOf(MemberSourceType.Group, request.Groups), .. SourcesOf(MemberSourceType.Branch, chosen)]);
    }

    private static IEnumerable<MemberSource> SourcesOf(MemberSourceType type, IEnumerable<LmsId> ids) =>
        ids.Distinct().Select(id => new MemberSource(type, id));

    private async Task<IReadOnlyList<int>> FindUnknownGroupsAsync(IReadOnlyList<LmsId> asked, CancellationToken cancellationToken)
    {
        var exists = new bool[asked.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, asked.Count),
            new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = cancellationToken },
            async (index, token) => exists[index] = await groups.FindAsync(asked[index], token) is not null);
        return [.. Enumerable.Range(0, asked.Count).Where(index => !exists[index])];
    }

    private static IReadOnlyList<int> IndexesOf(IReadOnlyList<LmsId> ids, Func<LmsId, bool> isUnknown) =>
        [.. Enumerable.Range(0, ids.Count).Where(index => isUnknown(ids[index]))];

    private static Rejection Unknown(string code, string member, IReadOnlyList<int> indexes, string why) => new(
        RejectionKind.Invalid,
        code,
        $"{member}[{indexes[0]}] {why}.",
        indexes.ToDictionary(index => $"{member}[{index}]", _ => new[] { why }));
}
