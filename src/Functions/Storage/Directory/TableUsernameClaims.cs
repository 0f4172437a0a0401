using System.Collections.Concurrent;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Transactions;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>A row for each username. Whoever inserts it, or replaces it under its ETag, has the claim.</summary>
internal sealed class TableUsernameClaims(TableClient users, TimeProvider time) : IUsernameClaims
{
    private const int PartitionsReadAtOnce = 4;
    private const string UserId = "userId";
    private const string Token = "token";
    private static readonly IReadOnlyDictionary<string, TableEntity> NoRows = new Dictionary<string, TableEntity>();

    private readonly RowsByKey rows = new(users);

    public static LmsId OwnerOf(TableEntity claim) => LmsId.Parse(claim.GetString(UserId));

    public async Task<IReadOnlyDictionary<LmsId, UsernameClaim>> ClaimManyAsync(
        IReadOnlyCollection<UsernameWish> wishes, CancellationToken cancellationToken)
    {
        var claimed = new ConcurrentDictionary<LmsId, UsernameClaim>();
        await EachPartitionAsync(wishes, wish => wish.Username, partitionsAtOnce: 1, async (partition, ofPartition, token) =>
        {
            foreach (var some in ofPartition.DistinctBy(wish => wish.Key).Chunk(TransactionGuard.MaxOperations))
            {
                foreach (var (userId, claim) in await ClaimAsync(partition, [.. some.Select(wish => (wish.Key, wish.Item))], token))
                {
                    claimed[userId] = claim;
                }
            }
        }, cancellationToken);
        return claimed;
    }

    public Task ReleaseManyAsync(IReadOnlyCollection<UsernameClaim> claims, CancellationToken cancellationToken) =>
        EachPartitionAsync(claims, claim => claim.Username, partitionsAtOnce: 1, async (partition, ofPartition, token) =>
        {
            var tokens = ofPartition.Select(claim => claim.Item.Token).ToHashSet();
            var found = await FindAsync(partition, ofPartition.Select(claim => claim.Key), token);
            await users.DeleteManyAsync(found.Values.Where(row => tokens.Contains(row.GetString(Token))), token);
        }, cancellationToken);

    public async Task<IReadOnlyDictionary<string, LmsId>> FindOwnersAsync(
        IReadOnlyCollection<string> usernames, CancellationToken cancellationToken)
    {
        var owners = new ConcurrentDictionary<string, LmsId>(StringComparer.Ordinal);
        await EachPartitionAsync(usernames, username => username, PartitionsReadAtOnce, async (partition, ofPartition, token) =>
        {
            var found = await FindAsync(partition, ofPartition.Select(username => username.Key), token);
            foreach (var (key, username) in ofPartition)
            {
                if (found.TryGetValue(key, out var row))
                {
                    owners[username] = OwnerOf(row);
                }
            }
        }, cancellationToken);
        return owners;
    }

    private static Task EachPartitionAsync<T>(
        IEnumerable<T> all,
        Func<T, string> usernameOf,
        int partitionsAtOnce,
        Func<string, IReadOnlyList<(string Key, T Item)>, CancellationToken, Task> work,
        CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            all.Select(item => (Claim: UserKeys.OfClaim(usernameOf(item)), Item: item)).GroupBy(one => one.Claim.PartitionKey),
            new ParallelOptions { MaxDegreeOfParallelism = partitionsAtOnce, CancellationToken = cancellationToken },
            async (part, token) => await work(part.Key, [.. part.Select(one => (one.Claim.RowKey, one.Item))], token));

    /// <summary>Most usernames are free, so nobody looks first; where one is not, all are looked at.</summary>
    /// <param name="wishes">With different keys of one partition, as many as a transaction takes.</param>
    private async Task<IReadOnlyDictionary<LmsId, UsernameClaim>> ClaimAsync(
        string partition, IReadOnlyList<(string Key, UsernameWish Wish)> wishes, CancellationToken cancellationToken)
    {
        var former = NoRows;
        var claims = wishes.ToDictionary(wish => wish.Key, wish => (wish.Wish.UserId, Claim: new UsernameClaim(wish.Wish.Username, ConditionalWrite.NewId())));
        for (var attempts = new Attempts(); claims.Count > 0;)
        {
            attempts.Next();
            List<TableTransactionAction> actions = [.. claims.Select(claim => ActionOf(partition, claim.Key, claim.Value, former.GetValueOrDefault(claim.Key)))];
            if (await users.TryCommitAsync((TableEntity)actions[0].Entity, actions, cancellationToken))
            {
                break;
            }

            former = await FindAsync(partition, claims.Keys, cancellationToken);
            foreach (var (key, row) in former)
            {
                if (!await MayHaveAsync(claims[key].UserId, key, row, cancellationToken))
                {
                    claims.Remove(key);
                }
            }
        }

        return claims.Values.ToDictionary(claim => claim.UserId, claim => claim.Claim);
    }

    private TableTransactionAction ActionOf(string partition, string key, (LmsId UserId, UsernameClaim Claim) claim, TableEntity? former)
    {
        var row = new TableEntity(partition, key)
        {
            [UserId] = claim.UserId.Value,
            [Token] = claim.Claim.Token,
            ["claimedAt"] = time.GetUtcNow(),
        };
        return former is null ? new(TableTransactionActionType.Add, row) : new(TableTransactionActionType.UpdateReplace, row, former.ETag);
    }

    private Task<IReadOnlyDictionary<string, TableEntity>> FindAsync(string partition, IEnumerable<string> keys, CancellationToken cancellationToken) =>
        rows.FindAsync(partition, [.. keys.Distinct().Order(StringComparer.Ordinal)], cancellationToken);

    /// <summary>Whether the claim is the user's own, or one that its owner gave up.</summary>
    private async Task<bool> MayHaveAsync(LmsId userId, string key, TableEntity claim, CancellationToken cancellationToken)
    {
        var owner = OwnerOf(claim);
        if (owner == userId)
        {
            return true;
        }

        bool? mayTakeOver = time.GetUtcNow() - claim.GetDateTimeOffset("claimedAt")!.Value >= UsernameClaim.Lease ? null : false;
        for (var attempts = new Attempts(); mayTakeOver is null;)
        {
            attempts.Next();
            mayTakeOver = await MayTakeOverAsync(owner, key, cancellationToken);
        }

        return mayTakeOver == true;
    }

    /// <summary>
    /// Whether the owner is not called so. Then no writer of the owner that began before can change that any more, however slow it is: the
    /// row that it read, or found missing, is written once more.
    /// </summary>
    /// <returns>Null: the owner changed meanwhile.</returns>
    private async Task<bool?> MayTakeOverAsync(LmsId owner, string key, CancellationToken cancellationToken)
    {
        var user = await users.FindRowAsync(UserKeys.Partition(owner), UserKeys.OfUser(owner), cancellationToken);
        if (user is not null && UserRow.IsUser(user) && StorageKey.OfText(user.GetString("username")) == key)
        {
            return false;
        }

        return await users.TryWriteAsync(user ?? UserRow.OfNobody(owner, deletedAt: null), user?.ETag.ToString(), cancellationToken) ? true : null;
    }
}
