using Azure.Data.Tables;
using CertFunctions.TestWorlds.Counting;

namespace CertFunctions.Benchmarks.Raw;

/// <summary>
/// The rows that an import of users left, written by the SDK's client alone in full transactions: it reads nothing, decides nothing and is
/// fenced by nothing.
/// </summary>
internal sealed class RawUsers(TableClient table)
{
    public async Task<IReadOnlyList<TableEntity>> ReadAsync(CancellationToken cancellationToken) =>
        await table.QueryAsync<TableEntity>(cancellationToken: cancellationToken).Select(ToWrite).ToListAsync(cancellationToken);

    public Task WriteAsync(IEnumerable<TableEntity> rows, CancellationToken cancellationToken) =>
        SeededUsers.WriteAsync(table, rows, cancellationToken);

    private static TableEntity ToWrite(TableEntity row)
    {
        row.Remove("odata.etag");
        row.Remove(nameof(ITableEntity.Timestamp));
        return row;
    }
}
