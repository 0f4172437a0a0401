using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Jobs;

/// <summary>Cancels, resumes and retries jobs. Whoever is faster decides: the others are told how the job stands.</summary>
public sealed class JobControlService(IJobStore jobs, IJobQueue queue, IsStorageTrouble isTrouble, OrganisationClock clock)
{
    /// <summary>
    /// Asks a job to stop: what is in hand is finished, nothing more is begun. It is <see cref="JobStatus.Cancelled"/> once nobody can write for it
    /// any more, and ends as it would have where nothing was left to stop. Asking again changes nothing.
    /// </summary>
    public Task<Outcome<Job>> CancelAsync(JobId id, string caller, CancellationToken cancellationToken) => ChangeAsync(
        id,
        caller,
        "job.cancelled",
        job => job.IsFinal ? Conflict(job, "can be cancelled no more") : job.IsStopping ? job : job.Stopping(clock.Now),
        cancellationToken);

    /// <summary>Goes on with a job where it was stopped.</summary>
    public Task<Outcome<Job>> ResumeAsync(JobId id, string caller, CancellationToken cancellationToken) => ChangeAsync(
        id,
        caller,
        "job.resumed",
        job => job.Status == JobStatus.Cancelled ? job.Resumed(clock.Now) : Conflict(job, "was not stopped, so it cannot be resumed"),
        cancellationToken);

    /// <summary>Does again what failed in a job, and nothing else.</summary>
    public Task<Outcome<Job>> RetryAsync(JobId id, string caller, CancellationToken cancellationToken) => ChangeAsync(
        id,
        caller,
        "job.retried",
        job => job.Status != JobStatus.CompletedWithErrors ? Conflict(job, "has not ended with failures, so there is nothing to retry")
            : job.AppliedBy is not null ? Conflict(job, "is a plan that is carried out as it is")
            : job.Retried(clock.Now),
        cancellationToken);

    /// <summary>What follows is a step of the job. Where the queue is in trouble the sweeper sends it: the job says already that it goes on.</summary>
    private async Task<Outcome<Job>> ChangeAsync(
        JobId id, string caller, string action, Func<Job, Outcome<Job>> change, CancellationToken cancellationToken)
    {
        var changed = await Attempts.UntilDoneAsync<Outcome<Job>>(async () =>
        {
            if (await jobs.FindAsync(id, cancellationToken) is not { } stored)
            {
                return JobRejections.NotFound(id);
            }

            if (!change(stored.Job).IsDone(out var job, out var why))
            {
                return why;
            }

            var isStored = job == stored.Job || await jobs.TryReplaceAsync(job, stored, EntryOf(job, caller, action), cancellationToken) is not null;
            return isStored ? new Outcome<Job>.Done(job) : null;
        });
        if (changed.IsDone(out _, out _))
        {
            await SendAsync(id, cancellationToken);
        }

        return changed;
    }

    private AuditEntry EntryOf(Job job, string caller, string action) => new(
        NewestFirst.NewKey(clock.Now), clock.Now, new Actor(caller, Via.Api, new Origin(job.Id, job.Work.FilePath)), action, $"jobs/{job.Id}", null, job, null);

    private async Task SendAsync(JobId id, CancellationToken cancellationToken)
    {
        try
        {
            await queue.SendStepAsync(id, cancellationToken);
        }
        catch (Exception e) when (isTrouble(e))
        {
        }
    }

    private static Rejection Conflict(Job job, string why) => JobRejections.StateConflict(job, why);
}
