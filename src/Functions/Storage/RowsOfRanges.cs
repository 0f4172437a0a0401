using Azure.Data.Tables;

namespace CertFunctions.Functions.Storage;

/// <summary>Reads all rows of many ranges of one partition: as one range while most rows in it are wanted, range by range when they are not.</summary>
/// <param name="columns">Null: all.</param>
internal sealed class RowsOfRanges(TableClient table, IReadOnlyList<string>? columns = null)
{
    private const int PageSize = 1_000;
    private const int RangesAtOnce = 16;

    /// <summary>One range goes on only while at least one in so many of the rows that it read was wanted.</summary>
    private const int RowsPerWanted = 10;

    /// <param name="ranges">Of one partition, in order, none overlapping the next; at least one.</param>
    /// <returns>In the order of row keys.</returns>
    public async Task<List<TableEntity>> ReadAsync(IReadOnlyList<RowRange> ranges, CancellationToken cancellationToken)
    {
        var found = new List<TableEntity>();
        var left = ranges;
        while (left.Count > 1)
        {
            var rows = await (left[0] with { To = left[^1].To }).ReadFirstAsync(table, PageSize, cancellationToken, columns);
            var wanted = Take(rows, left);
            found.AddRange(wanted);
            if (rows.Count < PageSize)
            {
                return found;
            }

            // The last row may not be the last of its range.
            var last = rows[^1].RowKey;
            left = [.. left.Where(range => string.CompareOrdinal(range.To, last) > 0).Select(range => range.Behind(last))];
            if (wanted.Count * RowsPerWanted < PageSize)
            {
                break;
            }
        }

        foreach (var some in left.Chunk(RangesAtOnce))
        {
            var read = await Task.WhenAll(some.Select(range => range.ReadAsync(table, PageSize, cancellationToken, columns).ToListAsync(cancellationToken).AsTask()));
            found.AddRange(read.SelectMany(rows => rows));
        }

        return found;
    }

    private static List<TableEntity> Take(IReadOnlyList<TableEntity> rows, IReadOnlyList<RowRange> ranges)
    {
        var wanted = new List<TableEntity>();
        var next = 0;
        foreach (var row in rows)
        {
            while (next < ranges.Count && string.CompareOrdinal(ranges[next].To, row.RowKey) <= 0)
            {
                next++;
            }

            if (next < ranges.Count && string.CompareOrdinal(ranges[next].From, row.RowKey) <= 0)
            {
                wanted.Add(row);
            }
        }

        return wanted;
    }
}
