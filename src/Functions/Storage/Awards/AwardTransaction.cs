using Azure;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage.Audit;
using CertFunctions.Functions.Storage.Transactions;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>
/// Packs changes of awards into one transaction, with every view of them. Its operations come in the order receipt, counts,
/// truths, marks, rest: only the first failing one is reported, and it must be the one that says most.
/// </summary>
/// <param name="former">In a retry: the results from the receipt's next task on, as far as they lie in one row. Those of the tasks that are added take their place.</param>
/// <param name="writeId">Written into the receipt, the truths, the marks and the history: finding it there proves that the change was carried out.</param>
internal sealed class AwardTransaction(Shard shard, string writeId, RunReceipt? receipt, string? receiptRevision, IReadOnlyList<JobResult> former)
{
    /// <summary>The receipt and the results of a run, which take one row.</summary>
    private const int RunOperations = 2;

    /// <summary>
    /// Bounds the counts of one transaction, of which each may take most of a row: with as much left for a hundred rows of the longest
    /// texts and their results, a transaction stays below 4 MiB. Two always fit.
    /// </summary>
    private const int MaxCountBytes = TransactionGuard.MaxTransactionBytes / 2;

    private readonly List<TableTransactionAction> truths = [];
    private readonly List<TableTransactionAction> marks = [];
    private readonly List<TableTransactionAction> rest = [];
    private readonly List<JobResult> results = [];
    private readonly Dictionary<CertificationCode, HolderCount> counts = [];
    private int resultBytes;
    private string? stopped;

    public string WriteId => writeId;

    /// <summary>How many tasks of its run it carries out.</summary>
    public int Tasks => results.Count;

    /// <summary>The receipt as this transaction leaves it.</summary>
    public RunReceipt? Receipt { get; private set; }

    /// <summary>The counts that it changes, as it leaves them.</summary>
    public IReadOnlyDictionary<CertificationCode, HolderCount> Counts => counts;

    /// <param name="stored">The count of the write's certification as it is stored; needed only where it changes.</param>
    /// <returns>False when the transaction is full.</returns>
    public bool TryAdd(AwardWrite write, HolderCount? stored)
    {
        var rows = RowsOf(write).ToList();
        if (!TryCount(write, stored, rows.Count + write.Completions.Count + write.Freed.Count))
        {
            return false;
        }

        truths.AddRange(rows.Take(1));
        marks.AddRange(write.Completions.Select(mark => MarkRow.Write(shard, mark, write.UsedBy, writeId)));
        marks.AddRange(write.Freed.Select(mark => MarkRow.Delete(shard, mark)));
        rest.AddRange(rows.Skip(1));
        return true;
    }

    /// <summary>The same for a task of the run, with its result.</summary>
    public bool TryAdd(TaskWrite write, HolderCount? stored)
    {
        var bytes = ResultsRow.MostBytesOf(write.Result);
        if (resultBytes + bytes > ResultsRow.MaxBytes || (write.Award is { } award && !TryAdd(award, stored)))
        {
            return false;
        }

        resultBytes += bytes;
        results.Add(write.Result);
        return true;
    }

    public void Add(OutboxLetter letter) => rest.Add(letter.ToAction());

    /// <summary>Notes tasks that the run leaves as failed; it then ends where it is.</summary>
    public void Stop(IEnumerable<JobResult> unfinished, string reason)
    {
        results.AddRange(unfinished);
        stopped = reason;
    }

    public IReadOnlyList<TableTransactionAction> Build(DateTimeOffset now)
    {
        var actions = new List<TableTransactionAction>(TransactionGuard.MaxOperations);
        if (receipt is not null)
        {
            Receipt = receipt with
            {
                Next = receipt.Next + results.Count,
                Stopped = stopped,
                Counts = receipt.Counts + CountsOf(results) - CountsOf(former.Take(results.Count)),
                At = now,
            };
            actions.Add(ReceiptRow.Write(Receipt, receiptRevision, writeId));
        }

        actions.AddRange(counts.Values.Select(count => count.ToAction()));
        actions.AddRange(truths);
        actions.AddRange(marks);
        actions.AddRange(rest);
        actions.AddRange(counts.Values.SelectMany(count => count.MarkActions()));
        if (receipt is not null)
        {
            actions.AddRange(ResultRows());
        }

        return actions;
    }

    public AwardTransactionPart PartOf(int index)
    {
        var countsFrom = receipt is null ? 0 : 1;
        return index < countsFrom ? AwardTransactionPart.Receipt
            : index < countsFrom + counts.Count ? AwardTransactionPart.Count
            : index < countsFrom + counts.Count + truths.Count ? AwardTransactionPart.Truth
            : index < countsFrom + counts.Count + truths.Count + marks.Count ? AwardTransactionPart.Mark
            : AwardTransactionPart.View;
    }

    private int Operations => (receipt is null ? 0 : RunOperations + (former.Count > 0 ? 1 : 0))
        + counts.Count + counts.Values.Sum(count => count.MarkOperations) + truths.Count + marks.Count + rest.Count;

    private int CountBytes => counts.Values.Sum(count => count.MostBytes);

    private static JobCounts CountsOf(IEnumerable<JobResult> results) => JobCounts.Of(results.Select(result => result.Outcome));

    /// <summary>Of a row that is done again in part, the rest becomes a row of its own.</summary>
    private IEnumerable<TableTransactionAction> ResultRows() =>
        (results.Count == 0 ? [] : ResultsRow.Write(receipt!.Key, receipt.Next, results, stopped is null ? ResultsRow.MaxBytes : ResultsRow.MaxBytesOfGivenUp))
        .Concat(former.Count <= results.Count ? [] : ResultsRow.Write(receipt!.Key, receipt.Next + results.Count, [.. former.Skip(results.Count)]));

    /// <summary>Counts a write where it changes a count, which may take marks of days: how many is only known when it is counted.</summary>
    /// <param name="operations">What else the write takes.</param>
    /// <returns>False when the transaction is full; then nothing is counted.</returns>
    private bool TryCount(AwardWrite write, HolderCount? stored, int operations)
    {
        var before = write.Before?.Award;
        if (write.After is not { } after || !HolderCount.IsTouchedBy(before, after))
        {
            return Operations + operations <= TransactionGuard.MaxOperations;
        }

        var code = after.CertificationCode;
        var isNew = !counts.TryGetValue(code, out var count);
        count ??= counts[code] = stored!.Copy();
        count.Apply(before, after);
        if (Operations + operations <= TransactionGuard.MaxOperations && (!isNew || CountBytes <= MaxCountBytes))
        {
            return true;
        }

        count.Revert(before, after);
        if (isNew)
        {
            counts.Remove(code);
        }

        return false;
    }

    /// <summary>The truth first; none where nothing changes. Views and history need no fence of their own: they change with their truth only.</summary>
    private IEnumerable<TableTransactionAction> RowsOf(AwardWrite write)
    {
        if (write.After is not { } after)
        {
            yield break;
        }

        var truth = AwardRow.Of(shard, AwardKeys.Truth(after.UserId, after.CertificationCode), after, write.User, writeId);
        yield return write.Before is null
            ? new TableTransactionAction(TableTransactionActionType.Add, truth)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, truth, new ETag(write.Before.Revision));

        var views = AwardViews.KeysOf(after, write.User);
        foreach (var gone in write.Before is { } stored ? AwardViews.KeysOf(stored.Award, stored.User).Except(views) : [])
        {
            yield return new TableTransactionAction(
                TableTransactionActionType.Delete, new TableEntity(AwardKeys.Partition(shard), gone), ETag.All);
        }

        foreach (var view in views)
        {
            yield return new TableTransactionAction(
                TableTransactionActionType.UpsertReplace, AwardRow.Of(shard, view, after, write.User, writeId));
        }

        if (write.Before is { } before && before.Award.Version != after.Version)
        {
            yield return new TableTransactionAction(
                TableTransactionActionType.UpsertReplace,
                AwardRow.Of(shard, AwardKeys.Superseded(before.Award), before.Award, before.User, writeId));
        }
    }
}

/// <summary>What an operation of an <see cref="AwardTransaction"/> writes.</summary>
internal enum AwardTransactionPart
{
    Receipt,
    Count,
    Truth,
    Mark,
    View,
}
