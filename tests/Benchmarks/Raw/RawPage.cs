using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Functions.Storage;

namespace CertFunctions.Benchmarks.Raw;

/// <summary>The first page of a list by expiry, by the SDK's client alone: one query a shard, and the first rows of all.</summary>
internal sealed class RawPage(TableClient table)
{
    private const int RowsOfShard = 12;

    public async Task<IReadOnlyList<TableEntity>> ReadAsync(string code, int count, CancellationToken cancellationToken)
    {
        var shards = await Task.WhenAll(Shard.All.Select(shard => ReadAsync(code, shard, cancellationToken)));
        return [.. shards.SelectMany(rows => rows).OrderBy(row => row.RowKey, StringComparer.Ordinal).Take(count)];
    }

    private async Task<IReadOnlyList<TableEntity>> ReadAsync(string code, Shard shard, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {StorageKey.OfShard(shard)} and RowKey ge {$"C!{code}!"} and RowKey lt {$"C!{code}\""}");
        await foreach (var page in table.QueryAsync<TableEntity>(filter, RowsOfShard, cancellationToken: cancellationToken).AsPages())
        {
            return page.Values;
        }

        return [];
    }
}
