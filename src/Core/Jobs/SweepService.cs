using CertFunctions.Core.Awards;

namespace CertFunctions.Core.Jobs;

/// <summary>
/// Sends again what makes no progress. The platform hides the message of a crashed instance for 10 minutes, and a crash
/// between a row and its message leaves none: this is faster than the one and mends the other.
/// </summary>
public sealed class SweepService(
    IJobStore jobs, IAwardStore awards, IJobQueue queue, JobProgress progress, OrganisationClock clock, SweepSettings settings)
{
    /// <summary>Each resending waits twice as long as the one before, up to 2^5 times.</summary>
    private const int MaxDoublings = 5;

    /// <returns>The jobs whose messages were sent again.</returns>
    public async Task<IReadOnlyList<JobId>> SweepAsync(CancellationToken cancellationToken)
    {
        var resent = new List<JobId>();
        var waiting = await queue.PeekWaitingRunsAsync(cancellationToken);
        var each = new EachByItself();
        await foreach (var jobId in jobs.ListActiveAsync(cancellationToken))
        {
            if (await each.TryAsync($"job {jobId}", () => SweepAsync(jobId, waiting, cancellationToken), cancellationToken))
            {
                resent.Add(jobId);
            }
        }

        each.ThrowIfAnyFailed();
        return resent;
    }

    private async Task<bool> SweepAsync(JobId jobId, WaitingRuns waiting, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(jobId, cancellationToken) is { Job.Import: null })
        {
            await progress.CompleteIfDoneAsync(jobId, cancellationToken);
        }

        var stored = await jobs.FindAsync(jobId, cancellationToken);
        if (stored is null || stored.Job.IsFinal || !await IsStalledAsync(stored.Job, waiting, cancellationToken))
        {
            return false;
        }

        var sent = stored.Job with { SentAt = clock.Now, Resends = stored.Job.Resends + 1 };
        if (await jobs.TryReplaceAsync(sent, stored.Revision, cancellationToken) is null)
        {
            return false;
        }

        await ResendAsync(sent, cancellationToken);
        return true;
    }

    private async Task<bool> IsStalledAsync(Job job, WaitingRuns waiting, CancellationToken cancellationToken)
    {
        var patience = settings.StalledAfter * Math.Pow(2, Math.Min(job.Resends, MaxDoublings));
        if (clock.Now - job.SentAt < patience || IsWaitingItsTurn(job, waiting))
        {
            return false;
        }

        var receipts = await awards.ListReceiptsAsync(job.Id, cancellationToken);
        return receipts.All(receipt => clock.Now - receipt.At >= settings.StalledAfter);
    }

    /// <summary>
    /// Sending again what is merely behind others would make the queue longer still. Believed for a while only: one message that nobody
    /// can process must not keep the others of its job.
    /// </summary>
    private bool IsWaitingItsTurn(Job job, WaitingRuns waiting) =>
        job.Manifest is not null
        && clock.Now - job.SentAt < settings.TurnComesWithin
        && (waiting.Jobs.Contains(job.Id) || !waiting.IsAll);

    private async Task ResendAsync(Job job, CancellationToken cancellationToken)
    {
        if (job.Import is not null)
        {
            await queue.SendImportAsync(job.Id, cancellationToken);
            return;
        }

        if (job.Total is null)
        {
            await queue.SendExpansionAsync(job.Id, cancellationToken);
            return;
        }

        var done = await jobs.ListRunsDoneAsync(job.Id, cancellationToken);
        await queue.SendRunsAsync(job.Id, Enumerable.Range(0, job.Runs).Where(run => !done.Contains(run)), cancellationToken);
    }
}

/// <param name="StalledAfter">How long nothing may happen before a job counts as stalled.</param>
/// <param name="TurnComesWithin">How long a job whose messages lie in the queue, or may lie behind those that can be seen, is left to wait.</param>
public sealed record SweepSettings(TimeSpan StalledAfter, TimeSpan TurnComesWithin)
{
    public static readonly SweepSettings Default = new(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(30));
}
