namespace CertFunctions.Core.Directory;

/// <summary>Lists users.</summary>
public sealed class UserListService(IUserStore users, IMemberStore members, MemberSourceRules sources)
{
    /// <summary>By id, or with a search by the name that is found; of a branch alone in <see cref="ShardOrder"/>. A filter may leave short pages.</summary>
    public async Task<Outcome<Page<User>>> ListAsync(UserFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        MemberSource? branch = filter.Branch is null ? null : MemberSource.Branch(filter.Branch);
        if (branch is not null && await sources.WhyUnknownAsync([branch], cancellationToken) is { } unknown)
        {
            return unknown;
        }

        var found = branch is not null && filter.Search is null
            ? await ListMembersAsync(branch, page, cancellationToken)
            : await users.ListAsync(filter.Search, page, cancellationToken);
        return found with { Items = [.. found.Items.Where(filter.Includes)] };
    }

    private async Task<Page<User>> ListMembersAsync(MemberSource branch, PageRequest page, CancellationToken cancellationToken)
    {
        var ids = await members.ListAsync(branch, page, cancellationToken);
        var read = await Task.WhenAll(ids.Items.GroupBy(Shard.Of).Select(shard => users.FindManyAsync(shard.Key, [.. shard], cancellationToken)));
        var found = read.SelectMany(part => part).ToDictionary();
        return new Page<User>([.. ids.Items.Where(found.ContainsKey).Select(id => found[id])], ids.Next);
    }
}

/// <param name="Search">The beginning of the username, of first and last name, or of the last name, whatever the case; null: all.</param>
/// <param name="Branch">Only those directly in it; null: all.</param>
/// <param name="Active">Null: all.</param>
public sealed record UserFilter(string? Search = null, LmsId? Branch = null, bool? Active = null)
{
    public bool Includes(User user) => (Branch is null || user.BranchId == Branch) && (Active is null || user.Active == Active);
}
