using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Jobs;

/// <summary>Adds jobs and sends them on their way.</summary>
public sealed class JobService(IJobStore jobs, IJobQueue queue, IsStorageTrouble isTrouble)
{
    /// <summary>Stores a job, unless there is one with its id already: what was begun goes on.</summary>
    /// <returns>The job as it is stored, and whether this call stored it.</returns>
    public async Task<(StoredJob Stored, bool IsNew)> AddAsync(Job job, CancellationToken cancellationToken)
    {
        var added = await jobs.TryAddAsync(job, EntryOf(job), cancellationToken);
        return (added ?? await jobs.GetAsync(job.Id, cancellationToken), added is not null);
    }

    /// <summary>All that the job will do is this one entry, which names it: its results say the rest.</summary>
    private static AuditEntry EntryOf(Job job)
    {
        var isImport = job.Work.Kind == JobKind.Import;
        var by = new Actor(job.RequestedBy, isImport ? Via.Csv : Via.Api, new Origin(job.Id, job.Work.FilePath));
        return new AuditEntry(
            NewestFirst.NewKey(job.CreatedAt), job.CreatedAt, by, isImport ? "import.started" : "job.started", $"jobs/{job.Id}", null, job, job.Work.Why);
    }

    /// <summary>
    /// Sends the first message of a job that has not begun. Its row is stored: from then on it is there, and trouble with the queue is none
    /// of the caller's any more, who would ask again and make a second one. The sweeper sends what was not.
    /// </summary>
    public async Task StartAsync(Job job, CancellationToken cancellationToken)
    {
        if (job.Status != JobStatus.Queued)
        {
            return;
        }

        try
        {
            await queue.SendStepAsync(job.Id, cancellationToken);
        }
        catch (Exception e) when (isTrouble(e))
        {
        }
    }
}
