using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Pages.Awarding;

/// <summary>Finds users, groups and branches by the beginnings of their names.</summary>
public sealed class SourceSearch(UserListService userList, IUserStore users, GroupService groups, IBranchStore branches)
{
    /// <summary>So many are offered: who does not see what they look for types on.</summary>
    public const int Offered = 8;

    /// <summary>Groups have no index by name: so many are looked at. Any other is found by its id.</summary>
    private const int GroupsLookedAt = 1_000;

    public async Task<IReadOnlyList<FoundSource>> FindAsync(SourceKind kind, string search, CancellationToken cancellationToken)
    {
        if (search.Length is 0 or > Limits.NameLength)
        {
            return [];
        }

        var named = await NamedAsync(kind, search, cancellationToken);
        return LmsId.TryParse(search, out var id) && named.All(found => found.Id != id) && await FindAsync(kind, id, cancellationToken) is { } exact
            ? [exact, .. named]
            : named;
    }

    /// <summary>Those of them that exist, with their names.</summary>
    public async Task<IReadOnlyList<FoundSource>> FindManyAsync(SourceKind kind, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken) =>
        kind == SourceKind.Users
            ? await FindUsersAsync(ids, cancellationToken)
            : [.. (await Task.WhenAll(ids.Select(id => FindAsync(kind, id, cancellationToken)))).OfType<FoundSource>()];

    /// <summary>Few reads, however many they are: the dialog shows them anew with every step.</summary>
    private async Task<IReadOnlyList<FoundSource>> FindUsersAsync(IReadOnlyList<LmsId> ids, CancellationToken cancellationToken)
    {
        var shards = await Task.WhenAll(ids.Distinct().GroupBy(Shard.Of).Select(
            shard => users.FindManyAsync(shard.Key, [.. shard.Order(ShardOrder.Instance)], cancellationToken)));
        var found = shards.SelectMany(shard => shard.Values).ToDictionary(user => user.Id);
        return [.. ids.Select(id => found.GetValueOrDefault(id)).OfType<User>().Select(Of)];
    }

    private async Task<FoundSource?> FindAsync(SourceKind kind, LmsId id, CancellationToken cancellationToken) => kind switch
    {
        SourceKind.Users => await users.FindAsync(id, cancellationToken) is { } user ? Of(user) : null,
        SourceKind.Groups => (await groups.FindAsync(id, cancellationToken)).IsDone(out var group, out _) ? new FoundSource(group.Group.Id, group.Group.Name, "") : null,
        _ => await branches.FindAsync(id, cancellationToken) is { } branch ? new FoundSource(branch.Id, branch.Name, "") : null,
    };

    private async Task<IReadOnlyList<FoundSource>> NamedAsync(SourceKind kind, string search, CancellationToken cancellationToken)
    {
        if (kind == SourceKind.Users)
        {
            var found = await userList.ListAsync(new UserFilter(search, Active: true), new PageRequest(Offered, null), cancellationToken);
            return found.IsDone(out var page, out _) ? [.. page.Items.Select(Of)] : [];
        }

        var folded = FoldedText.Of(search);
        var all = kind == SourceKind.Groups
            ? await FirstGroupsAsync(cancellationToken)
            : (await branches.ReadTreeAsync(cancellationToken)).After(null).Select(branch => new FoundSource(branch.Id, branch.Name, ""));
        return [.. all.Where(source => BeginsAWord(FoldedText.Of(source.Name), folded)).OrderBy(source => source.Name.Length).Take(Offered)];
    }

    private async Task<IReadOnlyList<FoundSource>> FirstGroupsAsync(CancellationToken cancellationToken)
    {
        var first = await groups.ListAsync(new PageRequest(Limits.PageSize, null), cancellationToken);
        return await Core.Pages.ReadOnAsync(first, groups.ListAsync, cancellationToken)
            .Take(GroupsLookedAt).Select(group => new FoundSource(group.Id, group.Name, "")).ToListAsync(cancellationToken);
    }

    private static bool BeginsAWord(string name, string search) => name.StartsWith(search, StringComparison.Ordinal) || name.Contains($" {search}", StringComparison.Ordinal);

    private static FoundSource Of(User user) => new(user.Id, $"{user.FirstName} {user.LastName}".Trim() is { Length: > 0 } name ? name : user.Username, user.Username);
}

/// <param name="Username">Of a user; empty of all others.</param>
public sealed record FoundSource(LmsId Id, string Name, string Username)
{
    public bool IsExactly(string search) =>
        string.Equals(Id.Value, search, StringComparison.Ordinal) || string.Equals(Username, search, StringComparison.OrdinalIgnoreCase)
        || string.Equals(Name, search, StringComparison.OrdinalIgnoreCase);
}
