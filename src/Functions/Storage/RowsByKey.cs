using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace CertFunctions.Functions.Storage;

/// <summary>Finds many rows of one partition by their keys: by ranges while they lie dense, one by one when they do not.</summary>
/// <param name="columns">Null: all.</param>
internal sealed class RowsByKey(TableClient table, IReadOnlyList<string>? columns = null)
{
    /// <summary>So few are read one by one without asking how they lie.</summary>
    public const int FewKeys = 3;

    public const int RowsPerRange = 1_000;
    private const int PointReadsAtOnce = 16;

    /// <summary>A range goes on only while at least one in so many of the rows that it read was wanted.</summary>
    private const int RowsPerWanted = 10;

    /// <param name="keys">In ordinal order, without repetition.</param>
    /// <returns>Those that exist, by key.</returns>
    public async Task<IReadOnlyDictionary<string, TableEntity>> FindAsync(string partition, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<string, TableEntity>(StringComparer.Ordinal);
        var next = 0;
        while (keys.Count - next > FewKeys)
        {
            // Where they turn out to be sparse, no more rows than these were read in vain.
            var most = Math.Min((keys.Count - next) * RowsPerWanted, RowsPerRange);
            var range = new RowRange(partition, keys[next], keys[^1] + ' ');
            var rows = await range.ReadFirstAsync(table, most, cancellationToken, columns);
            var before = next;
            var wanted = Take(rows, keys, ref next, found);
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
            keys.Skip(next),
            new ParallelOptions { MaxDegreeOfParallelism = PointReadsAtOnce, CancellationToken = cancellationToken },
            async (key, token) =>
            {
                if (await table.FindRowAsync(partition, key, token, columns) is { } row)
                {
                    found[key] = row;
                }
            });
        return found;
    }

    /// <summary>Keeps the wanted rows and moves <paramref name="next"/> behind the last key that the rows have answered for.</summary>
    private static int Take(IReadOnlyList<TableEntity> rows, IReadOnlyList<string> keys, ref int next, ConcurrentDictionary<string, TableEntity> found)
    {
        var wanted = 0;
        foreach (var row in rows)
        {
            while (next < keys.Count && string.CompareOrdinal(keys[next], row.RowKey) < 0)
            {
                next++;
            }

            if (next < keys.Count && keys[next] == row.RowKey)
            {
                found[keys[next++]] = row;
                wanted++;
            }
        }

        return wanted;
    }
}
