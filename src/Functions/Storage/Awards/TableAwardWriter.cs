using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage.Audit;
using CertFunctions.Functions.Storage.Transactions;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>Writes awards of one shard, transaction by transaction, with a receipt where a run does it.</summary>
internal sealed class TableAwardWriter(TableClient table, Shard shard, TimeProvider time) : IRunWriter
{
    /// <summary>Rows of results that are looked through for failed ones.</summary>
    private const int RowsPerRead = 32;

    private readonly Dictionary<CertificationCode, HolderCount> counts = [];
    private RunReceipt? receipt;
    private string? receiptRevision;
    private JobTurn turn = JobTurn.First;

    /// <summary>In a retry: the results from the receipt's next task on, as far as they lie in one row.</summary>
    private IReadOnlyList<JobResult> former = [];

    public RunReceipt Receipt => receipt ?? throw new InvalidOperationException("This writer belongs to no run.");

    public static async Task<TableAwardWriter> OpenRunAsync(
        TableClient table, RunKey run, JobTurn turn, bool isNew, TimeProvider time, CancellationToken cancellationToken)
    {
        var writer = new TableAwardWriter(table, run.Shard, time) { receipt = RunReceipt.Fresh(run).SeenIn(turn), turn = turn };
        if (!isNew)
        {
            await writer.ReadReceiptAsync(cancellationToken);
        }

        return writer;
    }

    public async Task<IReadOnlyList<JobResult>?> FindFailedAsync(CancellationToken cancellationToken)
    {
        if (Receipt.Counts.Failed > 0)
        {
            var range = new RowRange(AwardKeys.Partition(shard), AwardKeys.ResultsFrom(Receipt.Key, Receipt.Next));
            await foreach (var row in range.ReadAsync(table, RowsPerRead, cancellationToken))
            {
                List<JobResult> results = [.. ResultsRow.Read(row)];
                if (results.Exists(result => result.Outcome == ChangeOutcome.Failed))
                {
                    (receipt, former) = (Receipt with { Next = ResultsRow.FromOf(row) }, results);
                    return results;
                }
            }
        }

        return null;
    }

    public async Task<CommitOutcome> CommitAsync(IReadOnlyList<TaskWrite> writes, CancellationToken cancellationToken)
    {
        if (turn.IsRetry && former.Count == 0)
        {
            // The receipt was read anew: whoever commits has to find again what it stands for.
            return new CommitOutcome.ReceiptMoved();
        }

        var outcome = await SubmitAsync(writeId => PackAsync(writes, writeId, cancellationToken), null, cancellationToken);
        if (outcome is CommitOutcome.Committed(var count))
        {
            StoredChanges.Count(writes.Take(count).Select(write => write.Award));
        }

        return outcome;
    }

    public Task<CommitOutcome> StopAsync(IReadOnlyList<JobResult> unfinished, string reason, CancellationToken cancellationToken) => SubmitAsync(
        writeId =>
        {
            var transaction = new AwardTransaction(shard, writeId, receipt, receiptRevision, []);
            transaction.Stop(unfinished, reason);
            return Task.FromResult(transaction);
        },
        null,
        cancellationToken);

    /// <summary>Writes one change that belongs to no run.</summary>
    /// <param name="letter">What the audit is to say of it, stored with it or not at all; null: nothing.</param>
    /// <returns>Whether it is stored; else the award has changed since it was read, or a completion has been used.</returns>
    public async Task<bool> TryWriteAsync(AwardWrite write, OutboxLetter? letter, CancellationToken cancellationToken)
    {
        var isStored = await SubmitAsync(writeId => PackAsync(write, letter, writeId, cancellationToken), write, cancellationToken) is CommitOutcome.Committed;
        if (isStored)
        {
            StoredChanges.Count([write]);
        }

        return isStored;
    }

    /// <summary>Writes changes that belong to no run, as many from the first on as one transaction takes. The audit is told nothing.</summary>
    /// <returns>How many are stored; 0: an award has changed since it was read.</returns>
    public async Task<int> WriteFirstAsync(IReadOnlyList<AwardWrite> writes, CancellationToken cancellationToken)
    {
        var packed = 0;
        var outcome = await SubmitAsync(
            writeId =>
            {
                var transaction = new AwardTransaction(shard, writeId, null, null, []);
                packed = writes.TakeWhile(write => transaction.TryAdd(write, stored: null)).Count();
                return packed > 0 ? Task.FromResult(transaction) : throw DoesNotFit();
            },
            writes[0],
            cancellationToken);
        return outcome is CommitOutcome.Committed ? packed : 0;
    }

    /// <param name="pack">Packs the change, always the same one, on what is stored now: given the id that proves that it was carried out.</param>
    /// <param name="alone">The change, or the first of several, where it belongs to no run.</param>
    private async Task<CommitOutcome> SubmitAsync(
        Func<string, Task<AwardTransaction>> pack, AwardWrite? alone, CancellationToken cancellationToken)
    {
        // One for all tries: of any of them the answer may be lost, and the look whether it was stored may fail as well.
        var writeId = ConditionalWrite.NewId();
        var tries = new SubmitTries();
        while (true)
        {
            var transaction = await pack(writeId);
            var answer = await table.SubmitAsync(transaction.Build(time.GetUtcNow()), cancellationToken);
            if (answer is SubmitOutcome.Succeeded succeeded)
            {
                Remember(transaction, succeeded.ETags);
                return new CommitOutcome.Committed(transaction.Tasks);
            }

            if (await FindOutAsync(transaction, alone, answer, tries, cancellationToken) is { } outcome)
            {
                return outcome;
            }
        }
    }

    private async Task<AwardTransaction> PackAsync(IReadOnlyList<TaskWrite> writes, string writeId, CancellationToken cancellationToken)
    {
        var transaction = new AwardTransaction(shard, writeId, receipt, receiptRevision, former);
        foreach (var write in writes)
        {
            if (!transaction.TryAdd(write, await CountAsync(write.Award, cancellationToken)))
            {
                break;
            }
        }

        return transaction.Tasks > 0 ? transaction : throw DoesNotFit();
    }

    private async Task<AwardTransaction> PackAsync(AwardWrite write, OutboxLetter? letter, string writeId, CancellationToken cancellationToken)
    {
        var transaction = new AwardTransaction(shard, writeId, null, null, []);
        if (letter is not null)
        {
            transaction.Add(letter);
        }

        return transaction.TryAdd(write, await CountAsync(write, cancellationToken))
            ? transaction
            : throw DoesNotFit();
    }

    private static InvalidOperationException DoesNotFit() => new("One change takes more operations than a transaction has.");

    /// <returns>Null where the count does not change.</returns>
    private async Task<HolderCount?> CountAsync(AwardWrite? write, CancellationToken cancellationToken) =>
        write?.After is { } after && HolderCount.IsTouchedBy(write.Before?.Award, after)
            ? await CountAsync(after.CertificationCode, cancellationToken)
            : null;

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
            former = [.. former.Skip(transaction.Tasks)];
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
        AwardTransaction transaction, AwardWrite? alone, SubmitOutcome answer, SubmitTries tries, CancellationToken cancellationToken)
    {
        counts.Clear();
        if (answer is SubmitOutcome.Unknown(var cause))
        {
            await Backoff.WaitAsync(tries.AfterTrouble(cause), cancellationToken);
        }

        var (nextBefore, isRedone) = (receipt?.Next, former.Count > 0);
        try
        {
            if (await WasStoredAsync(transaction, alone, cancellationToken))
            {
                return new CommitOutcome.Committed(transaction.Tasks);
            }
        }
        catch (Exception e) when (StorageFault.IsTrouble(e, cancellationToken))
        {
            await Backoff.WaitAsync(tries.AfterTrouble(e), cancellationToken);
            return null;
        }

        if (receipt is not null && (receipt.Next != nextBefore || receipt.Stopped is not null || isRedone))
        {
            return new CommitOutcome.ReceiptMoved();
        }

        return answer is SubmitOutcome.Conflict(var index)
            ? await OutcomeOfAsync(transaction.PartOf(index), tries, cancellationToken)
            : null;
    }

    private static async Task<CommitOutcome?> OutcomeOfAsync(AwardTransactionPart refused, SubmitTries tries, CancellationToken cancellationToken)
    {
        switch (refused)
        {
            case AwardTransactionPart.Truth or AwardTransactionPart.Mark:
                return new CommitOutcome.AwardChanged();
            case AwardTransactionPart.Receipt:
                return new CommitOutcome.ReceiptMoved();
            case AwardTransactionPart.Count:
                await Backoff.WaitAsync(tries.AfterOvertaken(), cancellationToken);
                return null;
            default:
                throw new InvalidOperationException("A row of a list is missing although its award says that it is there.");
        }
    }

    /// <summary>Whether the transaction was carried out after all. Reads the receipt anew, or without one a row of the only write.</summary>
    private async Task<bool> WasStoredAsync(AwardTransaction transaction, AwardWrite? alone, CancellationToken cancellationToken) =>
        alone is null
            ? await ReadReceiptAsync(cancellationToken) == transaction.WriteId
            : (await ReadAsync(WitnessOf(alone), cancellationToken))?.GetString(ConditionalWrite.WriteId) == transaction.WriteId;

    /// <summary>
    /// A row that nobody writes over: a mark, or the version that was superseded. The truth is the last resort: the next writer replaces it.
    /// </summary>
    private static string WitnessOf(AwardWrite write) => write switch
    {
        { Completions: [var mark, ..] } => AwardKeys.Mark(mark.Completion, mark.CertificationCode),
        { Before.Award: var before, After: { } after } when before.Version != after.Version => AwardKeys.Superseded(before),
        _ => AwardKeys.Truth(write.UserId, write.After!.CertificationCode),
    };

    /// <returns>The transaction that wrote it; null where there is none yet.</returns>
    private async Task<string?> ReadReceiptAsync(CancellationToken cancellationToken)
    {
        var key = Receipt.Key;
        var row = await ReadAsync(AwardKeys.Receipt(key), cancellationToken);
        var found = row is null ? RunReceipt.Fresh(key) : ReceiptRow.Read(row, key.JobId, key.Shard);
        (receipt, receiptRevision, former) = (found.SeenIn(turn), row?.ETag.ToString(), []);
        return row?.GetString(ConditionalWrite.WriteId);
    }

    private async Task<TableEntity?> ReadAsync(string rowKey, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            AwardKeys.Partition(shard), rowKey, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }
}
