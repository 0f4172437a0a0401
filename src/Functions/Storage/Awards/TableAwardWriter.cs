using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage.Transactions;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>Writes awards of one shard, transaction by transaction, with a receipt where a run does it.</summary>
internal sealed class TableAwardWriter(TableClient table, Shard shard, TimeProvider time) : IAwardWriter
{
    /// <summary>About 35 s of trouble, on top of the SDK's own retries; then the message goes back to the queue.</summary>
    private const int MaxAttempts = 16;

    private readonly Dictionary<CertificationCode, HolderCount> counts = [];
    private RunReceipt? receipt;
    private string? receiptRevision;

    public RunReceipt Receipt => receipt ?? throw new InvalidOperationException("This writer belongs to no run.");

    public static async Task<TableAwardWriter> OpenRunAsync(
        TableClient table, RunKey run, bool isNew, TimeProvider time, CancellationToken cancellationToken)
    {
        var writer = new TableAwardWriter(table, run.Shard, time) { receipt = RunReceipt.Fresh(run) };
        if (!isNew)
        {
            await writer.ReadReceiptAsync(cancellationToken);
        }

        return writer;
    }

    public Task<CommitOutcome> CommitAsync(IReadOnlyList<AwardWrite> writes, CancellationToken cancellationToken) =>
        SubmitAsync(() => PackAsync(writes, cancellationToken), cancellationToken);

    public Task<CommitOutcome> StopAsync(IReadOnlyList<AwardWrite> unfinished, string reason, CancellationToken cancellationToken) => SubmitAsync(
        () =>
        {
            var transaction = new AwardTransaction(shard, receipt, receiptRevision);
            transaction.Stop(unfinished, reason);
            return Task.FromResult(transaction);
        },
        cancellationToken);

    private async Task<CommitOutcome> SubmitAsync(Func<Task<AwardTransaction>> pack, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var transaction = await pack();
            var answer = await table.SubmitAsync(transaction.Build(time.GetUtcNow()), cancellationToken);
            if (answer is SubmitOutcome.Succeeded succeeded)
            {
                Remember(transaction, succeeded.ETags);
                return new CommitOutcome.Committed(transaction.Writes.Count);
            }

            if (await FindOutAsync(transaction, answer, attempt, cancellationToken) is { } outcome)
            {
                return outcome;
            }
        }
    }

    private async Task<AwardTransaction> PackAsync(IReadOnlyList<AwardWrite> writes, CancellationToken cancellationToken)
    {
        var transaction = new AwardTransaction(shard, receipt, receiptRevision);
        foreach (var write in writes)
        {
            var count = write.Decision.After is { } after && HolderCount.IsTouchedBy(write.Before?.Award, after)
                ? await CountAsync(after.CertificationCode, cancellationToken)
                : null;
            if (!transaction.TryAdd(write, count))
            {
                break;
            }
        }

        return transaction;
    }

    private async Task<HolderCount> CountAsync(CertificationCode code, CancellationToken cancellationToken)
    {
        if (!counts.TryGetValue(code, out var count))
        {
            counts[code] = count = await HolderCount.LoadAsync(table, shard, code, cancellationToken);
        }

        return count;
    }

    private void Remember(AwardTransaction transaction, IReadOnlyList<string?> etags)
    {
        var countsFrom = receipt is null ? 0 : 1;
        if (receipt is not null)
        {
            (receipt, receiptRevision) = (transaction.Receipt, etags[0]);
        }

        foreach (var (index, (code, count)) in transaction.Counts.Index())
        {
            count.StoredAs(etags[countsFrom + index]);
            counts[code] = count;
        }
    }

    /// <summary>
    /// What a refusal or a lost answer means. A refusal can stem from the transaction's own earlier success (the SDK sends
    /// again by itself), so what is stored is looked at before it is believed.
    /// </summary>
    /// <returns>Null: nothing was stored and the same can be tried again.</returns>
    private async Task<CommitOutcome?> FindOutAsync(
        AwardTransaction transaction, SubmitOutcome answer, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            counts.Clear();
            if (answer is SubmitOutcome.Unknown)
            {
                await Backoff.WaitAsync(attempt, cancellationToken);
            }

            var nextBefore = receipt?.Next;
            if (await WasStoredAsync(transaction, cancellationToken))
            {
                return new CommitOutcome.Committed(transaction.Writes.Count);
            }

            if (receipt is not null && (receipt.Next != nextBefore || receipt.Stopped is not null))
            {
                return new CommitOutcome.ReceiptMoved();
            }

            return answer is SubmitOutcome.Conflict conflict
                ? await OutcomeOfAsync(transaction.PartOf(conflict.Index), attempt, cancellationToken)
                : GiveUpAfter(attempt, ((SubmitOutcome.Unknown)answer).Cause);
        }
        catch (Exception e) when (StorageFault.IsTrouble(e, cancellationToken))
        {
            return GiveUpAfter(attempt, e);
        }
    }

    private static async Task<CommitOutcome?> OutcomeOfAsync(AwardTransactionPart refused, int attempt, CancellationToken cancellationToken)
    {
        switch (refused)
        {
            case AwardTransactionPart.Truth or AwardTransactionPart.Mark:
                return new CommitOutcome.AwardChanged();
            case AwardTransactionPart.Receipt:
                return new CommitOutcome.ReceiptMoved();
            case AwardTransactionPart.Count:
                await Backoff.WaitAsync(attempt, cancellationToken);
                return null;
            default:
                throw new InvalidOperationException("A row of a list is missing although its award says that it is there.");
        }
    }

    private static CommitOutcome? GiveUpAfter(int attempt, Exception cause) =>
        attempt + 1 < MaxAttempts ? null : throw new IOException("The storage has not answered for long.", cause);

    /// <summary>Whether the transaction was carried out after all. Reads the receipt anew, or without one a row of the only write.</summary>
    private async Task<bool> WasStoredAsync(AwardTransaction transaction, CancellationToken cancellationToken) =>
        receipt is not null
            ? await ReadReceiptAsync(cancellationToken) == transaction.Commit
            : (await ReadAsync(WitnessOf(transaction.Writes[0]), cancellationToken))?.GetString(AwardRow.Commit) == transaction.Commit;

    /// <summary>
    /// A row that nobody writes over: a mark, or the version that was superseded. The truth is the last resort: the next writer replaces it.
    /// </summary>
    private static string WitnessOf(AwardWrite write) => write switch
    {
        { Completions: [var mark, ..] } => AwardKeys.Mark(mark.Completion, mark.CertificationCode),
        { Before.Award: var before, Decision.After: { } after } when before.Version != after.Version => AwardKeys.Superseded(before),
        _ => AwardKeys.Truth(write.UserId!, write.Decision.After!.CertificationCode),
    };

    /// <returns>The transaction that wrote it; null where there is none yet.</returns>
    private async Task<string?> ReadReceiptAsync(CancellationToken cancellationToken)
    {
        var key = Receipt.Key;
        var row = await ReadAsync(AwardKeys.Receipt(key), cancellationToken);
        (receipt, receiptRevision) = row is null
            ? (RunReceipt.Fresh(key), null)
            : (ReceiptRow.Read(row, key.JobId, key.Shard), row.ETag.ToString());
        return row?.GetString(AwardRow.Commit);
    }

    private async Task<TableEntity?> ReadAsync(string rowKey, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            AwardKeys.Partition(shard), rowKey, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }
}
