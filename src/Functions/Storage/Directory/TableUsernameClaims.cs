using System.Collections.Concurrent;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>A row for each username. Whoever inserts it, or replaces it under its ETag, has the claim.</summary>
internal sealed class TableUsernameClaims(TableClient users, TimeProvider time) : IUsernameClaims
{
    private const int PartitionsAtOnce = 4;
    private const string UserId = "userId";
    private const string Token = "token";

    private readonly RowsByKey ids = new(users, ["RowKey", UserId]);

    public async Task<UsernameClaim?> TryClaimAsync(string username, LmsId userId, CancellationToken cancellationToken)
    {
        var attempts = new Attempts();
        while (true)
        {
            attempts.Next();
            var (partition, key) = UserKeys.OfClaim(username);
            var former = await users.FindRowAsync(partition, key, cancellationToken);
            if (former is not null && LmsId.Parse(former.GetString(UserId)) is var owner && owner != userId)
            {
                switch (HasLapsed(former) ? await MayTakeOverAsync(owner, key, cancellationToken) : false)
                {
                    case false:
                        return null;
                    case null:
                        continue;
                }
            }

            var claim = new UsernameClaim(username, ConditionalWrite.NewId());
            var row = new TableEntity(partition, key)
            {
                [UserId] = userId.Value,
                [Token] = claim.Token,
                ["claimedAt"] = time.GetUtcNow(),
            };
            if (await users.TryWriteAsync(row, former?.ETag.ToString(), cancellationToken))
            {
                return claim;
            }
        }
    }

    public async Task ReleaseAsync(UsernameClaim claim, LmsId userId, CancellationToken cancellationToken)
    {
        var (partition, key) = UserKeys.OfClaim(claim.Username);
        var row = await users.FindRowAsync(partition, key, cancellationToken);
        if (row?.GetString(Token) == claim.Token && row.GetString(UserId) == userId.Value)
        {
            await users.TryDeleteAsync(row, cancellationToken);
        }
    }

    public async Task GiveBackAsync(UsernameClaim claim, LmsId userId, CancellationToken cancellationToken)
    {
        var (partition, key) = UserKeys.OfClaim(claim.Username);
        bool? isUnused = null;
        for (var attempts = new Attempts(); isUnused is null;)
        {
            attempts.Next();
            var row = await users.FindRowAsync(partition, key, cancellationToken);
            if (row?.GetString(Token) != claim.Token || row.GetString(UserId) != userId.Value)
            {
                return;
            }

            isUnused = await MayTakeOverAsync(userId, key, cancellationToken);
            await (isUnused == true ? users.TryDeleteAsync(row, cancellationToken) : Task.CompletedTask);
        }
    }

    public async Task<IReadOnlyDictionary<string, LmsId>> FindOwnersAsync(
        IReadOnlyCollection<string> usernames, CancellationToken cancellationToken)
    {
        var owners = new ConcurrentDictionary<string, LmsId>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            usernames.Select(username => (Username: username, Claim: UserKeys.OfClaim(username))).GroupBy(one => one.Claim.PartitionKey),
            new ParallelOptions { MaxDegreeOfParallelism = PartitionsAtOnce, CancellationToken = cancellationToken },
            async (part, token) =>
            {
                var rows = await ids.FindAsync(part.Key, [.. part.Select(one => one.Claim.RowKey).Distinct().Order(StringComparer.Ordinal)], token);
                foreach (var (username, claim) in part)
                {
                    if (rows.TryGetValue(claim.RowKey, out var row))
                    {
                        owners[username] = LmsId.Parse(row.GetString(UserId));
                    }
                }
            });
        return owners;
    }

    private bool HasLapsed(TableEntity claim) => time.GetUtcNow() - claim.GetDateTimeOffset("claimedAt")!.Value >= UsernameClaim.Lease;

    /// <summary>
    /// Whether the owner is not called so. Then no writer of the owner that began before can change that any more, however slow it is: the
    /// row that it read is written once more, as it is.
    /// </summary>
    /// <returns>Null: the owner changed meanwhile.</returns>
    private async Task<bool?> MayTakeOverAsync(LmsId owner, string key, CancellationToken cancellationToken)
    {
        // In this order: the deletion goes in the transaction in which the user comes.
        var partition = UserKeys.Partition(owner);
        var deletion = await users.FindRowAsync(partition, UserKeys.OfDeletion(owner), cancellationToken);
        var user = await users.FindRowAsync(partition, UserKeys.OfUser(owner), cancellationToken);
        if (user is not null && StorageKey.OfText(user.GetString("username")) == key)
        {
            return false;
        }

        return (user ?? deletion) is not { } row || await users.TryWriteAsync(row, row.ETag.ToString(), cancellationToken) ? true : null;
    }
}
