using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Transactions;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>Writes into awards how their users are shown, each award with all its views in one transaction. No new version of any.</summary>
internal sealed class TableAwardProjection(TableClient table, IUserStore users, TimeProvider time) : IAwardProjection
{
    /// <summary>The awards of so many are held at once.</summary>
    public const int UsersAtOnce = 100;

    private readonly RowsOfRanges rows = new(table);

    public async Task ShowAsync(Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken)
    {
        foreach (var some in userIds.Chunk(UsersAtOnce))
        {
            var attempts = new Attempts();
            do
            {
                attempts.Next();
            }
            while (!await TryShowAsync(shard, some, cancellationToken));
        }
    }

    /// <returns>False when another writer came first.</returns>
    private async Task<bool> TryShowAsync(Shard shard, LmsId[] userIds, CancellationToken cancellationToken)
    {
        // In this order. What is written is refused where the award was written since it was read: so a slow caller, whose users have
        // grown old, cannot write them over those of a later one.
        var stored = await ReadAsync(shard, userIds, cancellationToken);
        var stale = Stale(stored, await users.FindManyAsync(shard, userIds, cancellationToken));
        var writer = new TableAwardWriter(table, shard, time);
        for (var done = 0; done < stale.Count;)
        {
            var written = await writer.WriteFirstAsync([.. stale.Skip(done).Take(TransactionGuard.MaxOperations)], cancellationToken);
            if (written == 0)
            {
                return false;
            }

            done += written;
        }

        return true;
    }

    private static List<AwardWrite> Stale(IEnumerable<StoredAward> stored, IReadOnlyDictionary<LmsId, User> found) =>
    [
        .. stored.Where(one => found.TryGetValue(one.Award.UserId, out var user) && user.Shown != one.User)
            .Select(one => new AwardWrite(one.Award.UserId, found[one.Award.UserId].Shown, one, one.Award)),
    ];

    /// <summary>Unassigned ones too: an award that is restored shows the user as it does.</summary>
    private async Task<IEnumerable<StoredAward>> ReadAsync(Shard shard, IEnumerable<LmsId> userIds, CancellationToken cancellationToken) =>
        (await rows.ReadAsync([.. userIds.Select(id => new RowRange(AwardKeys.Partition(shard), AwardKeys.TruthsOf(id)))], cancellationToken)).Select(AwardRow.Read);
}
