namespace CertFunctions.Core.Directory;

/// <summary>Whether the groups and branches that a filter names exist: of one that does not, "nobody" would be a false answer.</summary>
public sealed class MemberSourceRules(IGroupStore groups, IBranchStore branches)
{
    /// <returns>Null: all of them exist. Else <c>group_not_found</c> or <c>branch_not_found</c>, which blames the filter.</returns>
    public async Task<Rejection?> WhyUnknownAsync(IReadOnlyList<MemberSource> sources, CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            switch (source.Type)
            {
                case MemberSourceType.Group when await groups.FindAsync(source.Id, cancellationToken) is null:
                    return DirectoryRejections.UnknownGroup("group");
                case MemberSourceType.Branch when await branches.FindAsync(source.Id, cancellationToken) is null:
                    return DirectoryRejections.UnknownBranch("branch");
            }
        }

        return null;
    }
}
