using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage.Audit;
using CertFunctions.Functions.Storage.Transactions;

namespace CertFunctions.Functions.Storage.Jobs;

/// <summary>Jobs in table storage; the layout is that of <see cref="JobKeys"/>.</summary>
internal sealed class TableJobStore(TableClient table, AuditOutbox audit) : IJobStore
{
    /// <summary>About 20 s of trouble, on top of the SDK's own retries.</summary>
    private const int MaxAttempts = 12;

    private const int MarksPerPage = 1_000;

    /// <summary>Where a filter leaves little: what a page costs does not grow with the jobs there are.</summary>
    public const int JobsPerPage = 500;

    public async Task<StoredJob?> TryAddAsync(Job job, AuditEntry? entry, CancellationToken cancellationToken)
    {
        List<TableTransactionAction> actions = [new(TableTransactionActionType.Add, JobRow.Of(job))];
        if (!job.IsFinal)
        {
            actions.Add(NoteActive(job.Id));
        }

        return await TryWriteAsync(job, actions, entry, cancellationToken);
    }

    public async Task<StoredJob?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            JobKeys.Partition, JobKeys.Job(id), cancellationToken: cancellationToken);
        return row.HasValue ? new StoredJob(JobRow.Read(row.Value!), row.Value!.ETag.ToString()) : null;
    }

    /// <summary>A job that had ended may go on: so it is noted as active whenever it is.</summary>
    public Task<StoredJob?> TryReplaceAsync(Job job, StoredJob former, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var replace = new TableTransactionAction(TableTransactionActionType.UpdateReplace, JobRow.Of(job), new Azure.ETag(former.Revision));
        return TryWriteAsync(job, [replace, .. IndexOf(job, former.Job)], entry, cancellationToken);
    }

    private static IEnumerable<TableTransactionAction> IndexOf(Job job, Job former) =>
        !job.IsFinal ? [NoteActive(job.Id)] : former.IsFinal ? [] : [ForgetActive(job.Id)];

    /// <summary>Looks at so many jobs at the most, and may therefore show fewer than were asked for, or none.</summary>
    public async Task<Page<Job>> ListAsync(JobFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var (shown, looked, last) = (new List<Job>(page.Limit), 0, (string?)null);
        var range = new RowRange(JobKeys.Partition, JobKeys.Jobs).After(page.After);
        await foreach (var row in range.ReadAsync(table, page.Limit + 1, cancellationToken))
        {
            if (shown.Count == page.Limit || looked == JobsPerPage)
            {
                return new Page<Job>(shown, last);
            }

            (looked, last) = (looked + 1, row.RowKey);
            if (JobRow.IsIn(filter, row))
            {
                shown.Add(JobRow.Read(row));
            }
        }

        return new Page<Job>(shown, null);
    }

    public async IAsyncEnumerable<JobId> ListActiveAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (from, to) = JobKeys.ActiveJobs;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {JobKeys.Partition} and RowKey ge {from} and RowKey lt {to}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: [nameof(TableEntity.RowKey)], cancellationToken: cancellationToken))
        {
            yield return JobId.Parse(row.RowKey[from.Length..]);
        }
    }

    public async Task<bool> MarkRunDoneAsync(Job job, int run, CancellationToken cancellationToken)
    {
        await MarkAsync(job, JobKeys.RunDone(run), cancellationToken);
        var block = run / JobKeys.RunsPerBlock;
        var runsOfBlock = Math.Min(job.Runs - (block * JobKeys.RunsPerBlock), JobKeys.RunsPerBlock);
        if ((await ReadMarksAsync(job, JobKeys.RunsDoneOf(block), cancellationToken)).Count < runsOfBlock)
        {
            return false;
        }

        await MarkAsync(job, JobKeys.BlockDone(block), cancellationToken);
        var blocks = (job.Runs + JobKeys.RunsPerBlock - 1) / JobKeys.RunsPerBlock;
        return (await ReadMarksAsync(job, JobKeys.AllBlocksDone, cancellationToken)).Count == blocks;
    }

    public async Task<bool> IsRunDoneAsync(Job job, int run, CancellationToken cancellationToken) =>
        await table.FindRowAsync(JobKeys.RunsDone(job), JobKeys.RunDone(run), cancellationToken) is not null;

    public async Task<IReadOnlySet<int>> ListRunsDoneAsync(Job job, CancellationToken cancellationToken) =>
        (await ReadMarksAsync(job, JobKeys.AllRunsDone, cancellationToken)).Select(JobKeys.RunOf).ToHashSet();

    private async Task MarkAsync(Job job, string key, CancellationToken cancellationToken) =>
        await table.UpsertEntityAsync(new TableEntity(JobKeys.RunsDone(job), key), TableUpdateMode.Replace, cancellationToken);

    private async Task<IReadOnlyList<string>> ReadMarksAsync(Job job, (string From, string To) keys, CancellationToken cancellationToken) =>
        await new RowRange(JobKeys.RunsDone(job), keys)
            .ReadAsync(table, MarksPerPage, cancellationToken, [nameof(TableEntity.RowKey)])
            .Select(row => row.RowKey)
            .ToListAsync(cancellationToken);

    private static TableTransactionAction NoteActive(JobId id) =>
        new(TableTransactionActionType.UpsertReplace, new TableEntity(JobKeys.Partition, JobKeys.Active(id)));

    private static TableTransactionAction ForgetActive(JobId id) =>
        new(TableTransactionActionType.Delete, new TableEntity(JobKeys.Partition, JobKeys.Active(id)), Azure.ETag.All);

    private async Task<StoredJob?> TryWriteAsync(Job job, List<TableTransactionAction> actions, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var letter = OutboxLetter.Of(JobKeys.Partition, entry);
        var stored = await TryWriteAsync(job, letter is null ? actions : [.. actions, letter.ToAction()], cancellationToken);
        if (stored is not null)
        {
            await audit.SendAsync(letter, table, cancellationToken);
        }

        return stored;
    }

    /// <summary>A refusal may stem from the write's own earlier success, whose answer was lost: the row tells which attempt wrote it.</summary>
    private async Task<StoredJob?> TryWriteAsync(Job job, List<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        var written = (TableEntity)actions[0].Entity;
        written[ConditionalWrite.WriteId] = ConditionalWrite.NewId();
        for (var attempt = 0; ; attempt++)
        {
            switch (await table.SubmitAsync(actions, cancellationToken))
            {
                case SubmitOutcome.Succeeded(var etags):
                    return new StoredJob(job, etags[0]!);
                case SubmitOutcome.Conflict:
                    var row = await table.FindRowAsync(JobKeys.Partition, JobKeys.Job(job.Id), cancellationToken);
                    return row?.GetString(ConditionalWrite.WriteId) == written.GetString(ConditionalWrite.WriteId)
                        ? new StoredJob(job, row!.ETag.ToString())
                        : null;
                case SubmitOutcome.Unknown(var cause) when attempt == MaxAttempts:
                    throw new IOException("The storage has not answered for long.", cause);
                default:
                    await Backoff.WaitAsync(attempt, cancellationToken);
                    break;
            }
        }
    }
}
