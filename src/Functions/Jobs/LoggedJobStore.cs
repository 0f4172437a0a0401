using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Telemetry;

namespace CertFunctions.Functions.Jobs;

/// <summary>Logs the start and the end of jobs, and measures them, where they are stored: no kind of job can forget to.</summary>
internal sealed class LoggedJobStore(IJobStore jobs, JobLog log) : IJobStore
{
    public async Task<StoredJob?> TryAddAsync(Job job, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var added = await jobs.TryAddAsync(job, entry, cancellationToken);
        if (added is not null)
        {
            log.Started(job);
            NoteEnd(job);
        }

        return added;
    }

    public async Task<StoredJob?> TryReplaceAsync(Job job, StoredJob former, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var replaced = await jobs.TryReplaceAsync(job, former, entry, cancellationToken);
        if (replaced is not null)
        {
            NoteEnd(job);
        }

        return replaced;
    }

    public Task<StoredJob?> FindAsync(JobId id, CancellationToken cancellationToken) => jobs.FindAsync(id, cancellationToken);

    public Task<Page<Job>> ListAsync(JobFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        jobs.ListAsync(filter, page, cancellationToken);

    public IAsyncEnumerable<JobId> ListActiveAsync(CancellationToken cancellationToken) => jobs.ListActiveAsync(cancellationToken);

    public Task<bool> MarkRunDoneAsync(Job job, int run, CancellationToken cancellationToken) => jobs.MarkRunDoneAsync(job, run, cancellationToken);

    public Task<bool> IsRunDoneAsync(Job job, int run, CancellationToken cancellationToken) => jobs.IsRunDoneAsync(job, run, cancellationToken);

    public Task<IReadOnlySet<int>> ListRunsDoneAsync(Job job, CancellationToken cancellationToken) => jobs.ListRunsDoneAsync(job, cancellationToken);

    private void NoteEnd(Job job)
    {
        if (job.IsFinal)
        {
            log.Ended(job);
            Measure(job);
        }
    }

    private static void Measure(Job job)
    {
        var kind = AppMetrics.Tag("kind", job.Kind);
        AppMetrics.JobDuration.Record((job.FinishedAt!.Value - job.CreatedAt).TotalSeconds, kind, AppMetrics.Tag("status", job.Status));
        var counts = job.Counts;
        foreach (var (outcome, count) in new[]
        {
            (ChangeOutcome.Awarded, counts.Awarded), (ChangeOutcome.Renewed, counts.Renewed), (ChangeOutcome.Updated, counts.Updated),
            (ChangeOutcome.Revoked, counts.Revoked), (ChangeOutcome.Skipped, counts.Skipped), (ChangeOutcome.Failed, counts.Failed),
        })
        {
            AppMetrics.JobResults.Add(count, kind, AppMetrics.Tag("outcome", outcome));
        }
    }
}
