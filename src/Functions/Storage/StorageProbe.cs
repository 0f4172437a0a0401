using Azure;
using Azure.Data.Tables;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Functions.Storage;

/// <summary>
/// Writes to each kind of storage and reads it back: one that only reads, being full or forbidden, is of no use. Then looks whether all is
/// there: outside Development nobody but the infrastructure creates it.
/// </summary>
public sealed class StorageProbe(StorageClients clients)
{
    private const string Name = "probe";

    /// <summary>What a crash between sending and deleting leaves in the queue goes by itself.</summary>
    private static readonly TimeSpan MessageKept = TimeSpan.FromMinutes(1);

    /// <returns>The tables that are missing.</returns>
    /// <exception cref="RequestFailedException">Tables do not take or give anything.</exception>
    public async Task<IReadOnlyList<string>> TablesAsync(CancellationToken cancellationToken)
    {
        var there = await clients.Tables.QueryAsync(cancellationToken: cancellationToken).Select(one => one.Name).ToListAsync(cancellationToken);
        if (MissingOf(typeof(Tables), there) is { Count: > 0 } missing)
        {
            return missing;
        }

        var table = clients.Table(Tables.Settings);
        await table.UpsertEntityAsync(new TableEntity(Name, Name), TableUpdateMode.Replace, cancellationToken);
        await table.GetEntityAsync<TableEntity>(Name, Name, cancellationToken: cancellationToken);
        return [];
    }

    /// <returns>The queues that are missing.</returns>
    /// <exception cref="RequestFailedException">Queues do not take or give anything.</exception>
    public async Task<IReadOnlyList<string>> QueuesAsync(CancellationToken cancellationToken)
    {
        var there = await clients.Queues.GetQueuesAsync(cancellationToken: cancellationToken).Select(one => one.Name).ToListAsync(cancellationToken);
        if (MissingOf(typeof(Queues), there) is { Count: > 0 } missing)
        {
            return missing;
        }

        var queue = clients.Queue(Queues.Health);
        var sent = (await queue.SendMessageAsync(Name, timeToLive: MessageKept, cancellationToken: cancellationToken)).Value;
        await queue.PeekMessageAsync(cancellationToken);
        await queue.DeleteMessageAsync(sent.MessageId, sent.PopReceipt, cancellationToken);
        return [];
    }

    /// <returns>The containers that are missing.</returns>
    /// <exception cref="RequestFailedException">Blobs cannot be written or read.</exception>
    public async Task<IReadOnlyList<string>> BlobsAsync(CancellationToken cancellationToken)
    {
        var there = await clients.Blobs.GetBlobContainersAsync(cancellationToken: cancellationToken).Select(one => one.Name).ToListAsync(cancellationToken);
        if (MissingOf(typeof(Containers), there) is { Count: > 0 } missing)
        {
            return missing;
        }

        var blob = clients.Container(Containers.Health).GetBlobClient(Name);
        await blob.UploadAsync(BinaryData.FromString(Name), overwrite: true, cancellationToken);
        await blob.DownloadContentAsync(cancellationToken);
        return [];
    }

    private static IReadOnlyList<string> MissingOf(Type group, IReadOnlyList<string> there) => [.. In(group).Except(there)];
}
