using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Functions.Storage.Certifications;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.Functions.Storage.Jobs;
using CertFunctions.Functions.Storage.Lms;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Functions.Storage.Audit;

/// <summary>Goes on with what <see cref="AuditOutbox"/> and <see cref="AuditIntents"/> began and somebody did not finish.</summary>
internal sealed class AuditSweep(StorageClients storage, AuditLedger ledger, AuditIntents intents, AuditLog log, TimeProvider time) : IAuditSweep
{
    /// <summary>Younger ones may still be on their way.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const int PageSize = 1_000;

    /// <summary>Every partition in which a change leaves its entry.</summary>
    private static readonly IReadOnlyList<(string Table, string Partition)> Outboxes =
    [
        .. Shard.All.Select(shard => (Tables.Awards, AwardKeys.Partition(shard))),
        .. Shard.All.Select(shard => (Tables.Users, StorageKey.OfShard(shard))),
        (Tables.Certifications, CertificationRow.PartitionKey),
        (Tables.Directory, GroupRow.PartitionKey),
        (Tables.Directory, BranchRow.PartitionKey),
        (Tables.Directory, TableExternalTrainingStore.PartitionKey),
        (Tables.Jobs, JobKeys.Partition),
        (Tables.Settings, TableCursorKeyStore.Partition),
        (Tables.Webhooks, DeadLetterKeys.Partition),
    ];

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var recorded = 0;
        var each = new EachByItself();
        foreach (var (table, partition) in Outboxes)
        {
            recorded += await each.TryAsync(
                $"{table} {partition}", () => RecordAsync(storage.Table(table), partition, cancellationToken), cancellationToken);
        }

        recorded += await each.TryAsync(AuditKeys.Pending, () => FinishIntentsAsync(cancellationToken), cancellationToken);
        if (recorded > 0)
        {
            log.Swept(recorded);
        }

        each.ThrowIfAnyFailed();
        return recorded;
    }

    private async Task<int> RecordAsync(TableClient table, string partition, CancellationToken cancellationToken)
    {
        var left = await ReadAsync(table, partition, cancellationToken);
        await Task.WhenAll(left.Select(async letter =>
        {
            await ledger.AddAsync(letter.Entry, cancellationToken);
            await AuditOutbox.RemoveAsync(table, letter.Row, cancellationToken);
        }));
        return left.Count;
    }

    private async Task<int> FinishIntentsAsync(CancellationToken cancellationToken)
    {
        var audit = storage.Table(Tables.Audit);
        var finished = 0;
        foreach (var intent in await ReadAsync(audit, AuditKeys.Pending, cancellationToken))
        {
            finished += await intents.FinishAsync(intent.Row, storage.Table, entry => ledger.AddAsync(entry, cancellationToken), cancellationToken) ? 1 : 0;
        }

        return finished;
    }

    /// <summary>A page at a time: the next sweep goes on.</summary>
    private async Task<IReadOnlyList<OutboxLetter>> ReadAsync(TableClient table, string partition, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Patience;
        var letters = await OutboxLetter.In(partition).ReadFirstAsync(table, PageSize, cancellationToken);
        return [.. letters.Select(OutboxLetter.Read).Where(letter => letter.Entry.At <= before)];
    }
}
