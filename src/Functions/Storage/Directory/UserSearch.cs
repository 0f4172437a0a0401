using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>Lists users: 16 range queries a page, whatever the number of users.</summary>
internal sealed class UserSearch(TableClient users)
{
    public async Task<Page<User>> ByIdAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await ShardMerge.ReadFirstAsync(users, UserKeys.Users, page.After, page.Limit + 1, cancellationToken);
        var shown = rows.Take(page.Limit).ToList();
        return new Page<User>([.. shown.Select(UserRow.Read)], rows.Count > page.Limit ? shown[^1].RowKey : null);
    }

    /// <summary>
    /// A user with several names that begin so has a row for each; the first of them shows it. Which one that is can be told from the
    /// row alone, so a walk over many pages shows each user once.
    /// </summary>
    public async Task<Page<User>> ByNameAsync(string search, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await ShardMerge.ReadFirstAsync(
            users, shard => UserKeys.Names(shard, search), page.After, page.Limit + 1, cancellationToken);
        var shown = rows.Take(page.Limit).ToList();
        return new Page<User>(
            [.. shown.Select(row => (row.RowKey, User: UserRow.Read(row))).Where(r => r.RowKey == FirstMatch(r.User, search)).Select(r => r.User)],
            rows.Count > page.Limit ? shown[^1].RowKey : null);
    }

    /// <summary>The least key of the user that the search finds; beyond the length of a key the names themselves are compared.</summary>
    private static string? FirstMatch(User user, string search)
    {
        var folded = StorageKey.Fold(search);
        return user.SearchedNames
            .Where(name => StorageKey.Fold(name).StartsWith(folded, StringComparison.Ordinal))
            .Select(name => UserKeys.OfName(StorageKey.OfText(name), user.Id))
            .Min(StringComparer.Ordinal);
    }
}
