using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Transactions;
using Microsoft.Extensions.Logging.Abstractions;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Operations.BackUps;

/// <summary>Copies a back-up into a store that holds nothing yet. Stop the app before: what comes back is work to it.</summary>
internal sealed class Restore(StorageClients store, Action<string> say)
{
    private const int AtOnce = 8;
    private const int Attempts = 10;

    /// <exception cref="OperationException">The store holds something, or the back-up is not whole or of another schema version.</exception>
    public async Task RunAsync(DirectoryInfo directory, CancellationToken cancellationToken)
    {
        var folder = new BackUpFolder(directory);
        var summary = await BackUpSummary.ReadAsync(folder, cancellationToken);
        if (summary.SchemaVersion != StoreSchema.Version)
        {
            throw new OperationException($"The back-up has schema version {summary.SchemaVersion}, and this program works with version {StoreSchema.Version}.");
        }

        using var names = new LocalStorage(store, NullLogger<LocalStorage>.Instance);
        await names.EnsureAsync(cancellationToken);
        await RequireEmptyAsync(cancellationToken);
        var restored = new BackUpSummary(
            StoreSchema.Version,
            summary.TakenAt,
            await BackUp.EachAsync(summary.Tables.Keys, table => CopyTableAsync(table, folder, cancellationToken)),
            await BackUp.EachAsync(summary.Containers.Keys, container => CopyContainerAsync(container, folder, cancellationToken)),
            await BackUp.EachAsync(summary.Queues.Keys, queue => CopyQueueAsync(queue, folder, cancellationToken)));
        RequireSame(summary, restored);
        say($"Restored what was backed up at {summary.TakenAt:u}: {restored}. Now check it.");
    }

    /// <summary>But for what the app notes by itself when it is first started.</summary>
    private async Task RequireEmptyAsync(CancellationToken cancellationToken)
    {
        foreach (var table in BackUp.NamesOf(typeof(Tables)).Where(table => table != Tables.Settings))
        {
            Require(!await store.Table(table).QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: cancellationToken).AnyAsync(cancellationToken), $"table {table}");
        }

        foreach (var container in BackUp.NamesOf(typeof(Containers)))
        {
            Require(!await store.Container(container).GetBlobsAsync(cancellationToken: cancellationToken).AnyAsync(cancellationToken), $"container {container}");
        }

        foreach (var queue in BackUp.NamesOf(typeof(Queues)))
        {
            Require((await store.Queue(queue).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount == 0, $"queue {queue}");
        }
    }

    private static void Require(bool isEmpty, string what)
    {
        if (!isEmpty)
        {
            throw new OperationException($"The store is not empty: {what} holds something. A back-up is restored into a new store.");
        }
    }

    private async Task<int> CopyTableAsync(string table, BackUpFolder folder, CancellationToken cancellationToken)
    {
        var rows = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(TransactionsOf(folder.TableFile(table), cancellationToken), options, async (transaction, token) =>
        {
            await SubmitAsync(store.Table(table), transaction, token);
            Interlocked.Add(ref rows, transaction.Count);
        });
        return rows;
    }

    /// <summary>Rows lie in the order of their partitions.</summary>
    private static async IAsyncEnumerable<List<TableTransactionAction>> TransactionsOf(string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (pending, bytes) = (new List<TableTransactionAction>(), 0);
        await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
        {
            var row = RowJson.Read(line);
            var size = TransactionGuard.Check(row) + TransactionGuard.OperationOverheadBytes;
            if (pending.Count == TransactionGuard.MaxOperations
                || bytes + size > TransactionGuard.MaxTransactionBytes
                || (pending.Count > 0 && pending[0].Entity.PartitionKey != row.PartitionKey))
            {
                yield return pending;
                (pending, bytes) = ([], 0);
            }

            pending.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, row));
            bytes += size;
        }

        if (pending.Count > 0)
        {
            yield return pending;
        }
    }

    /// <summary>Written once more it is the same.</summary>
    private static async Task SubmitAsync(TableClient table, List<TableTransactionAction> transaction, CancellationToken cancellationToken)
    {
        for (var attempt = 1; await table.SubmitAsync(transaction, cancellationToken) is not SubmitOutcome.Succeeded; attempt++)
        {
            if (attempt == Attempts)
            {
                throw new OperationException($"Table {table.Name} does not take its rows. Empty the store and begin again.");
            }

            await Backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    private async Task<int> CopyContainerAsync(string container, BackUpFolder folder, CancellationToken cancellationToken)
    {
        var blobs = 0;
        await foreach (var line in File.ReadLinesAsync(folder.ContainerFile(container), cancellationToken))
        {
            var (blob, path) = (BlobJson.Read(line), folder.BlobFile(container, blobs++));
            if (await BackUp.HashOfAsync(path, cancellationToken) != blob.Sha256)
            {
                throw new OperationException($"{path} is not what was backed up as {container}/{blob.Name}.");
            }

            var options = new BlobUploadOptions
            {
                Metadata = blob.Metadata.ToDictionary(),
                HttpHeaders = new BlobHttpHeaders { ContentType = blob.ContentType },
            };
            await store.Container(container).GetBlobClient(blob.Name).UploadAsync(path, options, cancellationToken);
        }

        return blobs;
    }

    private async Task<int> CopyQueueAsync(string queue, BackUpFolder folder, CancellationToken cancellationToken)
    {
        var messages = 0;
        await foreach (var message in File.ReadLinesAsync(folder.QueueFile(queue), cancellationToken))
        {
            await store.RawQueue(queue).SendMessageAsync(JsonSerializer.Deserialize<string>(message)!, cancellationToken);
            messages++;
        }

        return messages;
    }

    private static void RequireSame(BackUpSummary summary, BackUpSummary restored)
    {
        foreach (var (expected, found) in new[] { (summary.Tables, restored.Tables), (summary.Containers, restored.Containers), (summary.Queues, restored.Queues) })
        {
            foreach (var (name, count) in expected)
            {
                if (found[name] != count)
                {
                    throw new OperationException($"{name} had {count} when it was backed up, and {found[name]} were found in the folder.");
                }
            }
        }
    }
}
