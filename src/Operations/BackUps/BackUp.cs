using System.Security.Cryptography;
using System.Text.Json;
using Azure.Data.Tables;
using CertFunctions.Functions.Storage;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Operations.BackUps;

/// <summary>
/// Copies a store into a folder. It is a picture of one moment only while nothing works on the store. Of tables and containers memory holds a page.
/// </summary>
internal sealed class BackUp(StorageClients store, Action<string> say)
{
    /// <summary>How long a message that was read stays away from others: as long as it takes to read the rest.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(10);

    private static readonly string[] LeftOut = [Queues.Health, Containers.Health];

    /// <exception cref="OperationException">The folder is not empty, or the store is of another schema version.</exception>
    public async Task RunAsync(DirectoryInfo directory, CancellationToken cancellationToken)
    {
        await new StoreSchema(store, TimeProvider.System).RequireAsync(cancellationToken);
        var folder = new BackUpFolder(directory);
        folder.Create(NamesOf(typeof(Containers)));
        var summary = new BackUpSummary(
            StoreSchema.Version,
            DateTimeOffset.UtcNow,
            await EachAsync(NamesOf(typeof(Tables)), table => CopyTableAsync(table, folder, cancellationToken)),
            await EachAsync(NamesOf(typeof(Containers)), container => CopyContainerAsync(container, folder, cancellationToken)),
            await EachAsync(NamesOf(typeof(Queues)), queue => CopyQueueAsync(queue, folder, cancellationToken)));
        await summary.WriteAsync(folder, cancellationToken);
        say($"Backed up to {folder}: {summary}.");
    }

    public static IEnumerable<string> NamesOf(Type group) => In(group).Except(LeftOut);

    /// <returns>How much was copied of each.</returns>
    public static async Task<IReadOnlyDictionary<string, int>> EachAsync(IEnumerable<string> names, Func<string, Task<int>> copy)
    {
        var copied = new Dictionary<string, int>();
        foreach (var name in names)
        {
            copied[name] = await copy(name);
        }

        return copied;
    }

    private async Task<int> CopyTableAsync(string table, BackUpFolder folder, CancellationToken cancellationToken)
    {
        var rows = 0;
        await using var file = File.CreateText(folder.TableFile(table));
        await foreach (var row in store.Table(table).QueryAsync<TableEntity>(cancellationToken: cancellationToken))
        {
            await file.WriteLineAsync(RowJson.Write(row).AsMemory(), cancellationToken);
            rows++;
        }

        return rows;
    }

    private async Task<int> CopyContainerAsync(string container, BackUpFolder folder, CancellationToken cancellationToken)
    {
        var blobs = 0;
        await using var file = File.CreateText(folder.ContainerFile(container));
        await foreach (var blob in store.Container(container).GetBlobsAsync(cancellationToken: cancellationToken))
        {
            var path = folder.BlobFile(container, blobs++);
            var client = store.Container(container).GetBlobClient(blob.Name);
            using var answer = await client.DownloadToAsync(path, cancellationToken);
            var about = (await client.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            var line = new BlobJson(blob.Name, await HashOfAsync(path, cancellationToken), about.ContentType, about.Metadata.ToDictionary());
            await file.WriteLineAsync(line.ToString().AsMemory(), cancellationToken);
        }

        return blobs;
    }

    private async Task<int> CopyQueueAsync(string queue, BackUpFolder folder, CancellationToken cancellationToken)
    {
        var client = store.RawQueue(queue);
        var messages = await client.TakeAllAsync(Hidden, cancellationToken);
        await File.WriteAllLinesAsync(folder.QueueFile(queue), messages.Select(message => JsonSerializer.Serialize(message.Body.ToString())), cancellationToken);
        await client.GiveBackAsync(messages, cancellationToken);
        return messages.Count;
    }

    internal static async Task<string> HashOfAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }
}
