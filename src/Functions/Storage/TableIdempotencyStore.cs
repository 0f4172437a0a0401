using Azure;
using Azure.Data.Tables;
using CertFunctions.Functions.Http.Idempotency;

namespace CertFunctions.Functions.Storage;

/// <summary>A row for each request, in a partition of its own.</summary>
public sealed class TableIdempotencyStore(StorageClients clients) : IIdempotencyStore
{
    private const int DeletesAtOnce = 16;

    private readonly TableClient table = clients.Table(StorageNames.Tables.Idempotency);

    public async Task<StoredIdempotentRequest?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(id, IdempotencyRow.RowKey, cancellationToken: cancellationToken);
        return found.HasValue ? new(IdempotencyRow.Read(found.Value!), found.Value!.ETag.ToString()) : null;
    }

    public Task<string?> TryAddAsync(IdempotentRequest request, CancellationToken cancellationToken) =>
        WrittenAsync(table.AddEntityAsync(IdempotencyRow.Write(request), cancellationToken));

    public Task<string?> TryReplaceAsync(IdempotentRequest request, string revision, CancellationToken cancellationToken) =>
        WrittenAsync(table.UpdateEntityAsync(IdempotencyRow.Write(request), new ETag(revision), TableUpdateMode.Replace, cancellationToken));

    public async Task<bool> TryDeleteAsync(string id, string revision, CancellationToken cancellationToken)
    {
        try
        {
            // What is gone is no exception to the client.
            return (await table.DeleteEntityAsync(id, IdempotencyRow.RowKey, new ETag(revision), cancellationToken)).Status != 404;
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return false;
        }
    }

    public async Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var purged = 0;
        var old = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"createdAt lt {before}"), select: [nameof(TableEntity.PartitionKey)], cancellationToken: cancellationToken);
        await Parallel.ForEachAsync(old, new ParallelOptions { MaxDegreeOfParallelism = DeletesAtOnce, CancellationToken = cancellationToken }, async (row, token) =>
        {
            if (await TryDeleteAsync(row.PartitionKey, row.ETag.ToString(), token))
            {
                Interlocked.Increment(ref purged);
            }
        });
        return purged;
    }

    /// <summary>409: it exists; 412: it changed; 404: somebody deleted it.</summary>
    private static async Task<string?> WrittenAsync(Task<Response> write)
    {
        try
        {
            return (await write).Headers.ETag?.ToString();
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return null;
        }
    }
}
