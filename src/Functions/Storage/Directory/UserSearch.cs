using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>Lists users: 16 range queries a page, whatever the number of users.</summary>
internal sealed class UserSearch(TableClient users)
{
    public async Task<Page<User>> ByIdAsync(PageRequest page, CancellationToken cancellationToken) =>
        (await ReadAsync(UserKeys.Users, page, cancellationToken)).Where(UserRow.IsUser).Select(UserRow.Read);

    /// <summary>
    /// A user with several names that begin so has a row for each; the first of them shows it. Which one that is can be told from the
    /// row alone, so a walk over many pages shows each user once.
    /// </summary>
    public async Task<Page<User>> ByNameAsync(string search, PageRequest page, CancellationToken cancellationToken) =>
        (await ReadAsync(shard => UserKeys.Names(shard, search), page, cancellationToken))
            .Select(row => (row.RowKey, User: UserRow.Read(row)))
            .Where(found => found.RowKey == FirstMatch(found.User, search))
            .Select(found => found.User);

    private async Task<Page<TableEntity>> ReadAsync(Func<Shard, RowRange> rangeOf, PageRequest page, CancellationToken cancellationToken) => Core.Pages.Cut(
        await ShardMerge.ReadFirstAsync(users, rangeOf, page.After, page.Limit + 1, cancellationToken), page.Limit, row => row.RowKey);

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
