using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Awarding;

/// <summary>Checks that groups and branches exist and names sub-branches one by one.</summary>
public sealed class SelectionResolver(IGroupStore groups, IBranchStore branches)
{
    public async Task<Outcome<AwardSelection>> ResolveAsync(AwardUsersRequest request, CancellationToken cancellationToken)
    {
        if (request.Users.Count + request.Groups.Count + request.Branches.Count == 0)
        {
            return Rejection.Invalid(ErrorCode.SelectionEmpty, "users", "groups and branches are all empty: name somebody to award");
        }

        var existing = await groups.FindExistingAsync([.. request.Groups.Distinct()], cancellationToken);
        if (IndexesOf(request.Groups, group => !existing.Contains(group)) is { Count: > 0 } unknownGroups)
        {
            return Unknown(ErrorCode.GroupNotFound, "groups", unknownGroups, "is no group that exists");
        }

        var tree = request.Branches.Count == 0 ? BranchTree.Empty : await branches.ReadTreeAsync(cancellationToken);
        if (IndexesOf(request.Branches, branch => tree.Find(branch) is null) is { Count: > 0 } unknownBranches)
        {
            return Unknown(ErrorCode.BranchNotFound, "branches", unknownBranches, "is no branch that exists");
        }

        var chosen = request.IncludeSubBranches ? request.Branches.SelectMany(tree.WithDescendants) : request.Branches;
        return new AwardSelection(
            [.. request.Users.Distinct()],
            [.. SourcesOf(MemberSourceType.Group, request.Groups), .. SourcesOf(MemberSourceType.Branch, chosen)]);
    }

    private static IEnumerable<MemberSource> SourcesOf(MemberSourceType type, IEnumerable<LmsId> ids) =>
        ids.Distinct().Select(id => new MemberSource(type, id));

    private static IReadOnlyList<int> IndexesOf(IReadOnlyList<LmsId> ids, Func<LmsId, bool> isUnknown) =>
        [.. Enumerable.Range(0, ids.Count).Where(index => isUnknown(ids[index]))];

    private static Rejection Unknown(string code, string member, IReadOnlyList<int> indexes, string why) => new(
        RejectionKind.Invalid,
        code,
        $"{member}[{indexes[0]}] {why}.",
        indexes.ToDictionary(index => $"{member}[{index}]", _ => new[] { why }));
}
