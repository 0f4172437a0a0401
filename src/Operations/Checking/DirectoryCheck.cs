using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Directory;

namespace CertFunctions.Operations.Checking;

/// <summary>
/// Users against the rows that find them by their names (N) and in their branches (B), against the claims of their usernames, and against the
/// branches that they are in; members of groups against their counts. A claim that nobody is called by is none too many: it lapses.
/// </summary>
internal static class DirectoryCheck
{
    public static async Task<IReadOnlyList<string>> FindAsync(StoreContent content, StorageClients storage)
    {
        var branches = await BranchRow.All.ReadAsync(storage.Table(StorageNames.Tables.Directory), 1_000, CancellationToken.None).Select(BranchRow.Read).ToListAsync();
        var members = await storage.Table(StorageNames.Tables.Members).QueryAsync<TableEntity>().ToListAsync();
        return [.. FindInUsers(content, branches.Select(branch => branch.Id).ToHashSet()), .. FindInGroups(members)];
    }

    private static IEnumerable<string> FindInUsers(StoreContent content, HashSet<LmsId> branches)
    {
        var wanted = content.Users.Values.SelectMany(RowsOf).ToHashSet();
        var there = content.UserRows.Keys.Where(row => !IsOfClaims(row) && UserKeys.FindsUser(row.Key)).ToHashSet();
        foreach (var (_, key) in wanted.Except(there))
        {
            yield return $"{key}: the row that finds a user is missing";
        }

        foreach (var (_, key) in there.Except(wanted))
        {
            yield return $"{key}: the row finds a user who is not so";
        }

        foreach (var user in content.Users.Values)
        {
            var owner = content.UserRows.GetValueOrDefault(UserKeys.OfClaim(user.Username)) is { } claim ? TableUsernameClaims.OwnerOf(claim) : null;
            if (owner != user.Id)
            {
                yield return $"{user.Id}: is called {user.Username}, which {owner?.Value ?? "nobody"} has claimed";
            }

            if (user.BranchId is { } branch && !branches.Contains(branch))
            {
                yield return $"{user.Id}: is in branch {branch}, which is not there";
            }

        }

        // Closed ones harm nobody: a deletion that found somebody in the branch leaves them so until the next one joins.
        foreach (var (partition, key) in content.UserRows.Keys.Where(row => !IsOfClaims(row) && UserKeys.ReadGate(row.Key) is { } gate && !branches.Contains(gate)))
        {
            yield return $"{key}: the gate of shard {partition} is open to a branch that is not there";
        }

        foreach (var (_, row) in content.UserRows.Where(row => wanted.Contains(row.Key) && UserRow.IsUser(row.Value)))
        {
            var shown = UserRow.Read(row);
            if (!content.Users[shown.Id].LooksTheSameAs(shown))
            {
                yield return $"{row.RowKey}: shows another state of the user";
            }
        }
    }

    private static bool LooksTheSameAs(this User user, User shown) => user == shown with { ChangedAt = user.ChangedAt, ActiveAt = user.ActiveAt, Deleted = user.Deleted };

    private static IEnumerable<(string Partition, string Key)> RowsOf(User user)
    {
        var partition = UserKeys.Partition(user.Id);
        var names = UserKeys.NameKeys(user).Select(name => (partition, UserKeys.OfName(name, user.Id)));
        return user.BranchId is { } branch ? names.Append((partition, UserKeys.InBranch(branch, user.Id))) : names;
    }

    /// <summary>These partitions hold usernames, which may begin with any letter.</summary>
    private static bool IsOfClaims((string Partition, string Key) row) => !Shard.All.Any(shard => StorageKey.OfShard(shard) == row.Partition);

    private static IEnumerable<string> FindInGroups(IReadOnlyList<TableEntity> rows)
    {
        foreach (var group in rows.GroupBy(row => row.PartitionKey))
        {
            foreach (var shard in Shard.All)
            {
                var counted = group.SingleOrDefault(row => row.RowKey == MemberKeys.OfCount(shard))?.GetInt32(Membership.Count) ?? 0;
                var there = group.Count(row => MemberKeys.IsMemberOf(shard, row.RowKey));
                if (counted != there)
                {
                    yield return $"{group.Key}: counts {counted} members of shard {shard.Number}, there are {there}";
                }
            }
        }
    }
}
