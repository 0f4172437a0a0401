using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>Sums what the 16 shards count: of one certification a row in each, of all of them a range.</summary>
internal sealed class TableExpiryCounts(TableClient table) : IExpiryCounts
{
    private const int RowsPerRequest = 1_000;

    public async Task<ExpiryCounts> CountAsync(CertificationCode? code, CancellationToken cancellationToken)
    {
        var shards = await Task.WhenAll(Shard.All.Select(shard => SumAsync(RowsAsync(shard, code, cancellationToken))));
        return new ExpiryCounts(
            shards.Sum(shard => shard.Held),
            shards.SelectMany(shard => shard.Months).GroupBy(month => month.Key).ToDictionary(month => month.Key, month => month.Sum(one => one.Value)));
    }

    private IAsyncEnumerable<TableEntity> RowsAsync(Shard shard, CertificationCode? code, CancellationToken cancellationToken) =>
        new RowRange(AwardKeys.Partition(shard), code is null ? AwardKeys.HolderCounts : AwardKeys.HolderCountOnly(code))
            .ReadAsync(table, RowsPerRequest, cancellationToken);

    /// <summary>Row by row as they are read: memory grows with the months, not with the certifications.</summary>
    private static async Task<ExpiryCounts> SumAsync(IAsyncEnumerable<TableEntity> rows)
    {
        var (held, months) = (0L, new Dictionary<DateOnly, long>());
        await foreach (var row in rows)
        {
            held += HolderCount.HoldersIn(row);
            foreach (var (month, count) in HolderCount.MonthsIn(row))
            {
                months[month] = months.GetValueOrDefault(month) + count;
            }
        }

        return new ExpiryCounts(held, months);
    }
}
