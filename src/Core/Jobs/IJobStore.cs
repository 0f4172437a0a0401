using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Jobs;

/// <summary>Keeps the jobs. A write of a stale revision is refused, never merged.</summary>
public interface IJobStore
{
    /// <param name="entry">What the audit is to say of it, stored with it or not at all; null: nothing.</param>
    /// <returns>The job as stored; null when it is there already.</returns>
    Task<StoredJob?> TryAddAsync(Job job, AuditEntry? entry, CancellationToken cancellationToken);

    Task<StoredJob?> FindAsync(JobId id, CancellationToken cancellationToken);

    /// <param name="entry">As above.</param>
    /// <param name="former">The job as it was read.</param>
    /// <returns>The job as stored; null when it has changed since.</returns>
    Task<StoredJob?> TryReplaceAsync(Job job, StoredJob former, AuditEntry? entry, CancellationToken cancellationToken);

    /// <summary>Newest first. A filter may leave short pages.</summary>
    Task<Page<Job>> ListAsync(JobFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>The jobs that are not final, newest first.</summary>
    IAsyncEnumerable<JobId> ListActiveAsync(CancellationToken cancellationToken);

    /// <summary>Notes that a run has nothing left to do, until the job is retried. Safe to repeat.</summary>
    /// <returns>Whether all of them are done now. Of runs that are done at once one at least is told so. Costs the same however many there are.</returns>
    Task<bool> MarkRunDoneAsync(Job job, int run, CancellationToken cancellationToken);

    Task<bool> IsRunDoneAsync(Job job, int run, CancellationToken cancellationToken);

    Task<IReadOnlySet<int>> ListRunsDoneAsync(Job job, CancellationToken cancellationToken);
}

/// <param name="Revision">Names this state of the stored row.</param>
public sealed record StoredJob(Job Job, string Revision);
