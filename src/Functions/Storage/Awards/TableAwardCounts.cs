using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>Sums the counts of the 16 shards; there is no cached total that could drift.</summary>
internal sealed class TableAwardCounts(TableClient table) : IAwardCounts
{
    private const int RowsPerRequest = 1_000;

    public async Task<IReadOnlyDictionary<CertificationCode, int>> CountHoldersAsync(
        IReadOnlyList<CertificationCode> codes, CancellationToken cancellationToken)
    {
        var totals = codes.Distinct().ToDictionary(code => code, _ => 0);
        if (totals.Count == 0)
        {
            return totals;
        }

        var byKey = totals.Keys.ToDictionary(AwardKeys.HolderCount, StringComparer.Ordinal);
        var rows = await Task.WhenAll(Shard.All.Select(shard => ReadAsync(shard, byKey.Keys, cancellationToken)));
        foreach (var row in rows.SelectMany(ofShard => ofShard))
        {
            // Those between the first and the last that were not asked for are read over.
            if (byKey.TryGetValue(row.RowKey, out var code))
            {
                totals[code] += HolderCount.HoldersIn(row);
            }
        }

        return totals;
    }

    private async Task<IReadOnlyList<TableEntity>> ReadAsync(Shard shard, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var last = keys.Max(StringComparer.Ordinal)!;
        var range = new RowRange(AwardKeys.Partition(shard), keys.Min(StringComparer.Ordinal)!, last + ' ');
        return await range.ReadAsync(table, RowsPerRequest, cancellationToken, HolderCount.ColumnsOfHolders).ToListAsync(cancellationToken);
    }
}
