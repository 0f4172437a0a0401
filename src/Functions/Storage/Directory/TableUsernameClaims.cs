using System.Collections.Concurrent;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>A row for each username. Whoever inserts it, or replaces it under its ETag, has the claim.</summary>
internal sealed class TableUsernameClaims(TableClient users, TimeProvider time) : IUsernameClaims
{
    private const int ReadsAtOnce = 32;

    public async Task<UsernameClaim?> TryClaimAsync(string username, LmsId userId, CancellationToken cancellationToken)
    {
        var attempts = new Attempts();
        while (true)
        {
            attempts.Next();
            var (partition, key) = UserKeys.OfClaim(username);
            var former = await users.FindRowAsync(partition, key, cancellationToken);
            if (former is not null && !await MayReplaceAsync(former, key, userId, cancellationToken))
            {
                return null;
            }

            var claim = new UsernameClaim(username, ConditionalWrite.NewId());
            var row = new TableEntity(partition, key)
            {
                ["userId"] = userId.Value,
                ["token"] = claim.Token,
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
        if (row?.GetString("token") == claim.Token && row.GetString("userId") == userId.Value)
        {
            await users.TryDeleteAsync(row, cancellationToken);
        }
    }

    public async Task<IReadOnlyDictionary<string, LmsId>> FindOwnersAsync(
        IReadOnlyCollection<string> usernames, CancellationToken cancellationToken)
    {
        var owners = new ConcurrentDictionary<string, LmsId>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            usernames,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (username, token) =>
            {
                var (partition, key) = UserKeys.OfClaim(username);
                if (await users.FindRowAsync(partition, key, token) is { } claim)
                {
                    owners[username] = LmsId.Parse(claim.GetString("userId"));
                }
            });
        return owners;
    }

    private async Task<bool> MayReplaceAsync(TableEntity claim, string key, LmsId userId, CancellationToken cancellationToken)
    {
        var owner = LmsId.Parse(claim.GetString("userId"));
        if (owner == userId)
        {
            return true;
        }

        if (time.GetUtcNow() - claim.GetDateTimeOffset("claimedAt")!.Value < UsernameClaim.Lease)
        {
            return false;
        }

        var row = await users.FindRowAsync(UserKeys.Partition(owner), UserKeys.OfUser(owner), cancellationToken);
        return row is null || StorageKey.OfText(row.GetString("username")) != key;
    }
}
