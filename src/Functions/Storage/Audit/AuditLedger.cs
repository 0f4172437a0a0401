using System.Collections.Concurrent;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Functions.Storage.Transactions;

namespace CertFunctions.Functions.Storage.Audit;

/// <summary>
/// Adds entries to the chains of their days, each once however often it is added. Entries that come at once share a transaction: one adds
/// for all who wait.
/// </summary>
internal sealed class AuditLedger(TableClient table, OrganisationClock clock) : IDisposable
{
    /// <summary>With three rows each, and the head: below the operations of a transaction.</summary>
    public const int EntriesPerTransaction = 32;

    private const int RowsPerEntry = 3;
    private const int MaxBytes = TransactionGuard.MaxTransactionBytes / 2;
    private const int MaxTries = 20;
    private static readonly TimeSpan TimeToAdd = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<Waiting> waiting = new();
    private readonly SemaphoreSlim turn = new(1);
    private AuditHead? known;

    public async Task AddAsync(AuditContent entry, CancellationToken cancellationToken)
    {
        var mine = new Waiting(entry);
        waiting.Enqueue(mine);
        await turn.WaitAsync(cancellationToken);
        try
        {
            while (!mine.Done.Task.IsCompleted)
            {
                await AddWaitingAsync();
            }
        }
        finally
        {
            turn.Release();
        }

        await mine.Done.Task;
    }

    /// <summary>Whether there is an entry of this change.</summary>
    public async Task<bool> HasAsync(AuditContent entry, CancellationToken cancellationToken) =>
        await table.FindRowAsync(AuditKeys.Partition(clock.DateOf(entry.At)), entry.SubjectKey, cancellationToken) is not null;

    public void Dispose() => turn.Dispose();

    /// <summary>Takes those that wait, as many as fit and are of one day, and adds them.</summary>
    private async Task AddWaitingAsync()
    {
        // Not bound to the caller whose turn it is: the others' entries are among them.
        using var limit = new CancellationTokenSource(TimeToAdd);
        List<Waiting> taken = [];
        DateOnly? day = null;
        var bytes = 0;
        while (taken.Count < EntriesPerTransaction && waiting.TryPeek(out var next))
        {
            day ??= clock.DateOf(next.Entry.At);
            bytes += next.Entry.Bytes.Length;
            if (clock.DateOf(next.Entry.At) != day || (taken.Count > 0 && bytes > MaxBytes))
            {
                break;
            }

            waiting.TryDequeue(out _);
            taken.Add(next);
        }

        try
        {
            // One may wait twice: for a caller who has given up waiting, and for the sweep.
            await AddAsync(day!.Value, [.. taken.Select(one => one.Entry).DistinctBy(entry => entry.Id)], limit.Token);
            taken.ForEach(one => one.Done.TrySetResult());
        }
        catch (Exception e)
        {
            known = null;
            taken.ForEach(one => one.Done.TrySetException(e));
        }
    }

    private async Task AddAsync(DateOnly day, List<AuditContent> entries, CancellationToken cancellationToken)
    {
        for (var attempt = 0; entries.Count > 0; attempt++)
        {
            var head = known?.Day == day ? known : await ReadHeadAsync(day, cancellationToken);
            var (next, actions) = Chain(head, entries);
            var outcome = await table.SubmitAsync(actions, cancellationToken);
            if (outcome is SubmitOutcome.Succeeded(var etags))
            {
                known = next with { Revision = etags[0] };
                return;
            }

            known = null;
            if (attempt == MaxTries)
            {
                throw new IOException($"Entries of {AuditKeys.Partition(day)} could not be added.", (outcome as SubmitOutcome.Unknown)?.Cause);
            }

            // Of those that are there already the first may have been reported, a rival been faster, or the answer lost: the entries tell.
            if (attempt > 0 || outcome is not SubmitOutcome.Conflict { Index: 0 })
            {
                await RemoveKnownAsync(entries, cancellationToken);
            }

            await Backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    private static (AuditHead Head, List<TableTransactionAction> Actions) Chain(AuditHead head, List<AuditContent> entries)
    {
        List<TableTransactionAction> rows = new(1 + (RowsPerEntry * entries.Count));
        foreach (var entry in entries)
        {
            var number = head.Count + 1;
            var hash = AuditHash.Of(head.Hash, number, entry.Bytes);
            rows.AddRange(AuditRow.Of(head.Day, number, entry, head.Hash, hash).Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
            head = head with { Count = number, Hash = hash };
        }

        return (head, [head.ToAction(), .. rows]);
    }

    private async Task RemoveKnownAsync(List<AuditContent> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries.ToArray())
        {
            if (await HasAsync(entry, cancellationToken))
            {
                entries.Remove(entry);
            }
        }
    }

    /// <summary>A day that begins is listed first, and chained to the last one before it.</summary>
    private async Task<AuditHead> ReadHeadAsync(DateOnly day, CancellationToken cancellationToken)
    {
        if (await AuditHead.FindAsync(table, day, cancellationToken) is { } head)
        {
            return head;
        }

        var earlier = await AuditKeys.DaysBetween(null, day.AddDays(-1)).ReadFirstAsync(table, 1, cancellationToken);
        var last = earlier is [var row] ? await AuditHead.FindAsync(table, AuditKeys.ReadDay(row.RowKey), cancellationToken) : null;
        var before = last is null ? null : new AuditLink(last.Day, last.Count, last.Hash);
        await table.UpsertEntityAsync(new TableEntity(AuditKeys.Days, AuditKeys.OfDay(day)), TableUpdateMode.Replace, cancellationToken);
        return new AuditHead(day, 0, AuditHash.OfStart(day, before), before, null);
    }

    private sealed record Waiting(AuditContent Entry)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
