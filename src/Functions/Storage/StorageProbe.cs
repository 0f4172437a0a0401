using Azure;
using Azure.Data.Tables;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Functions.Storage;

/// <summary>Writes to each kind of storage and reads it back: one that only reads, being full or forbidden, is of no use.</summary>
public sealed class StorageProbe(StorageClients clients)
{
    private const string Name = "probe";

    /// <summary>What a crash between sending and deleting leaves in the queue goes by itself.</summary>
    private static readonly TimeSpan MessageKept = TimeSpan.FromMinutes(1);

    /// <exception cref="RequestFailedException">Tables do not take or give anything.</exception>
    public async Task TablesAsync(CancellationToken cancellationToken)
    {
        var table = clients.Table(Tables.Settings);
        await table.UpsertEntityAsync(new TableEntity(Name, Name), TableUpdateMode.Replace, cancellationToken);
        await table.GetEntityAsync<TableEntity>(Name, Name, cancellationToken: cancellationToken);
    }

    /// <exception cref="RequestFailedException">Queues do not take or give anything.</exception>
    public async Task QueuesAsync(CancellationToken cancellationToken)
    {
        var queue = clients.Queue(Queues.Health);
        var sent = (await queue.SendMessageAsync(Name, timeToLive: MessageKept, cancellationToken: cancellationToken)).Value;
        await queue.PeekMessageAsync(cancellationToken);
        await queue.DeleteMessageAsync(sent.MessageId, sent.PopReceipt, cancellationToken);
    }

    /// <exception cref="RequestFailedException">Blobs cannot be written or read.</exception>
    public async Task BlobsAsync(CancellationToken cancellationToken)
    {
        var blob = clients.Container(Containers.Health).GetBlobClient(Name);
        await blob.UploadAsync(BinaryData.FromString(Name), overwrite: true, cancellationToken);
        await blob.DownloadContentAsync(cancellationToken);
    }
}
