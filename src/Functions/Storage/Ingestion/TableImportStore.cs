using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using CertFunctions.Core;
using CertFunctions.Core.Ingestion;

namespace CertFunctions.Functions.Storage.Ingestion;

/// <summary>
/// In table <c>Imports</c>, a row for each name under which a file was dropped, and a partition a job with a row for each chunk that was
/// read. What must be remembered of a chunk is a blob beside the manifests.
/// </summary>
internal sealed class TableImportStore(TableClient table, BlobContainerClient container) : IImportStore
{
    public async Task<Registration> RegisterAsync(DroppedFile file, JobId proposed, JobId? instead, CancellationToken cancellationToken)
    {
        var key = ImportKeys.Drop(file.Path);
        var attempts = new Attempts();
        while (true)
        {
            attempts.Next();
            var former = await table.FindRowAsync(ImportKeys.Drops, key, cancellationToken);
            if (former is not null && IsSame(former, file) && former.GetString("jobId") != instead?.Value)
            {
                return new Registration(JobId.Parse(former.GetString("jobId")), former.GetString("revision"));
            }

            var row = new TableEntity(ImportKeys.Drops, key)
            {
                ["path"] = file.Path,
                ["revision"] = file.Revision,
                ["contentHash"] = SameAs(file),
                ["jobId"] = proposed.Value,
            };
            if (await table.TryWriteAsync(row, former?.ETag.ToString(), cancellationToken))
            {
                return new Registration(proposed, file.Revision);
            }
        }
    }

    public Task NoteTakenAsync(TakenFile taken, CancellationToken cancellationToken)
    {
        var row = new TableEntity(ImportKeys.Taken, ImportKeys.TakenFor(taken.JobId))
        {
            ["file"] = JsonSerializer.Serialize(taken.File, StorageJson.Options),
        };
        return table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    public Task ForgetTakenAsync(JobId id, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(ImportKeys.Taken, ImportKeys.TakenFor(id), cancellationToken: cancellationToken);

    public IAsyncEnumerable<TakenFile> ListTakenAsync(CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {ImportKeys.Taken}"), cancellationToken: cancellationToken)
            .Select(row => new TakenFile(
                JobId.Parse(row.RowKey), JsonSerializer.Deserialize<DroppedFile>(row.GetString("file"), StorageJson.Options)!));

    public async Task<bool> TryAddChunkAsync(
        JobId id, ImportChunk chunk, ReadOnlyMemory<byte> remembered, CancellationToken cancellationToken)
    {
        var stored = remembered.IsEmpty ? chunk : chunk with { Remembered = $"rows.{Guid.NewGuid():N}" };
        if (stored.Remembered is not null)
        {
            await BlobOf(id, stored).UploadAsync(BinaryData.FromBytes(remembered), overwrite: true, cancellationToken);
        }

        var row = new TableEntity(ImportKeys.ChunksOf(id), ImportKeys.Chunk(chunk.Number))
        {
            ["chunk"] = JsonSerializer.Serialize(stored, StorageJson.Options),
        };
        return await table.TryWriteAsync(row, revision: null, cancellationToken);
    }

    public async Task<IReadOnlyList<ImportChunk>> ListChunksAsync(JobId id, CancellationToken cancellationToken) =>
        await table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {ImportKeys.ChunksOf(id)}"), cancellationToken: cancellationToken)
            .Select(row => JsonSerializer.Deserialize<ImportChunk>(row.GetString("chunk"), StorageJson.Options)!)
            .ToListAsync(cancellationToken);

    public async Task<ReadOnlyMemory<byte>> ReadRememberedAsync(JobId id, ImportChunk chunk, CancellationToken cancellationToken) =>
        chunk.Remembered is null
            ? ReadOnlyMemory<byte>.Empty
            : (await BlobOf(id, chunk).DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();

    private static bool IsSame(TableEntity former, DroppedFile file) =>
        former.GetString("revision") == file.Revision
        || (file.ContentHash is not null && former.GetString("contentHash") == SameAs(file));

    private static string? SameAs(DroppedFile file) => file.ContentHash is null ? null : file.ContentHash + file.Options.Key;

    private BlobClient BlobOf(JobId id, ImportChunk chunk) => container.GetBlobClient($"{id}/{chunk.Remembered}");
}
