using System.Collections.Concurrent;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>Reads many users of one shard by ranges while they lie dense, one by one when they do not.</summary>
internal sealed class UserReader(TableClient users)
{
    /// <summary>So few are read one by one without asking how they lie.</summary>
    public const int FewIds = 8;

    public const int RowsPerRange = 1_000;
    private const int PointReadsAtOnce = 16;

    /// <summary>A range goes on only while at least one in so many of the rows that it read was wanted.</summary>
    private const int RowsPerWanted = 10;

    public async Task<IReadOnlyDictionary<LmsId, User>> FindManyAsync(Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<LmsId, User>();
        var next = 0;
        while (ids.Count - next > FewIds)
        {
            // Where they turn out to be sparse, no more rows than these were read in vain.
            var most = Math.Min((ids.Count - next) * RowsPerWanted, RowsPerRange);
            var rows = await RangeFrom(shard, ids, next).ReadFirstAsync(users, most, cancellationToken);
            var before = next;
            var wanted = Take(rows, ids, ref next, found);
            if (rows.Count < most)
            {
                return found;
            }

            if (wanted * RowsPerWanted < most || next == before)
            {
                break;
            }
        }

        await Parallel.ForEachAsync(
            ids.Skip(next),
            new ParallelOptions { MaxDegreeOfParallelism = PointReadsAtOnce, CancellationToken = cancellationToken },
            async (id, token) =>
            {
                if (await users.FindRowAsync(UserKeys.Partition(id), UserKeys.OfUser(id), token) is { } row)
                {
                    found[id] = UserRow.Read(row);
                }
            });
        return found;
    }

    private static RowRange RangeFrom(Shard shard, IReadOnlyList<LmsId> ids, int next) => new(
        StorageKey.OfShard(shard), UserKeys.OfUser(ids[next]), UserKeys.OfUser(ids[^1]) + StorageKey.Separator);

    /// <summary>Keeps the wanted rows and moves <paramref name="next"/> behind the last id that the rows have answered for.</summary>
    private static int Take(IReadOnlyList<TableEntity> rows, IReadOnlyList<LmsId> ids, ref int next, ConcurrentDictionary<LmsId, User> found)
    {
        var wanted = 0;
        foreach (var row in rows)
        {
            while (next < ids.Count && string.CompareOrdinal(UserKeys.OfUser(ids[next]), row.RowKey) < 0)
            {
                next++;
            }

            if (next < ids.Count && UserKeys.OfUser(ids[next]) == row.RowKey)
            {
                found[ids[next++]] = UserRow.Read(row);
                wanted++;
            }
        }

        return wanted;
    }
}
