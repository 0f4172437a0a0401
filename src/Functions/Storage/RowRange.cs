using Azure.Data.Tables;
using CertFunctions.Core;

namespace CertFunctions.Functions.Storage;

/// <summary>A range of rows in one partition.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
internal sealed record RowRange(string PartitionKey, string From, string To)
{
    public RowRange(string partitionKey, (string From, string To) keys)
        : this(partitionKey, keys.From, keys.To)
    {
    }

    /// <summary>What is left of the range behind a row; all of it when null.</summary>
    /// <remarks>Keys hold no character below <see cref="StorageKey.Separator"/>, so nothing sorts between a key and the key with a blank.</remarks>
    public RowRange After(string? rowKey) => rowKey is null ? this : this with { From = rowKey + ' ' };

    /// <summary>The same for a row that may lie before the range.</summary>
    public RowRange Behind(string? rowKey) => string.CompareOrdinal(rowKey, From) < 0 ? this : After(rowKey);

    /// <param name="pageSize">How many rows one request asks for.</param>
    public IAsyncEnumerable<TableEntity> ReadAsync(
        TableClient table, int pageSize, CancellationToken cancellationToken, IEnumerable<string>? columns = null) =>
        table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {PartitionKey} and RowKey ge {From} and RowKey lt {To}"),
            pageSize,
            columns,
            cancellationToken);

    /// <summary>A page of the range.</summary>
    public async Task<Page<TableEntity>> ReadPageAsync(TableClient table, PageRequest page, CancellationToken cancellationToken) =>
        Core.Pages.Cut(await After(page.After).ReadFirstAsync(table, page.Limit + 1, cancellationToken), page.Limit, row => row.RowKey);

    /// <summary>
    /// Up to <paramref name="count"/> rows, fewer only at the end of the range: a query's page may be short, or empty, with more to come.
    /// </summary>
    public async Task<IReadOnlyList<TableEntity>> ReadFirstAsync(
        TableClient table, int count, CancellationToken cancellationToken, IEnumerable<string>? columns = null)
    {
        List<TableEntity> rows = [];
        await foreach (var row in ReadAsync(table, count, cancellationToken, columns))
        {
            rows.Add(row);
            if (rows.Count == count)
            {
                break;
            }
        }

        return rows;
    }
}
