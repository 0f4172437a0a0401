namespace CertFunctions.Core.Jobs;

/// <summary>
/// Sends again what makes no progress. The platform hides the message of a crashed instance for 10 minutes, and a crash
/// between a row and its message leaves none: this is faster than the one and mends the other.
/// </summary>
public sealed class SweepService(
    IJobStore jobs, IRunStore runs, IJobQueue queue, JobProgress progress, OrganisationClock clock, SweepSettings settings)
{
    /// <summary>Each resending waits twice as long as the one before, up to 2^5 times.</summary>
    private const int MaxDoublings = 5;

    /// <returns>The jobs that were found to have stalled, whose messages were sent again, and those that have moved on since.</returns>
    public async Task<IReadOnlyList<SweptJob>> SweepAsync(CancellationToken cancellationToken)
    {
        var swept = new List<SweptJob>();
        var ofSmall = await queue.PeekWaitingRunsAsync(ofSmallJobs: true, cancellationToken);
        var ofLarge = await queue.PeekWaitingRunsAsync(ofSmallJobs: false, cancellationToken);
        var each = new EachByItself();
        await foreach (var jobId in jobs.ListActiveAsync(cancellationToken))
        {
            if (await each.TryAsync($"job {jobId}", () => SweepAsync(jobId, job => job.IsSmall ? ofSmall : ofLarge, cancellationToken), cancellationToken) is { } found)
            {
                swept.Add(found);
            }
        }

        each.ThrowIfAnyFailed();
        return swept;
    }

    private async Task<SweptJob?> SweepAsync(JobId jobId, Func<Job, WaitingRuns> waitingBeside, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(jobId, cancellationToken) is { Job.Work.HasFinish: false })
        {
            await progress.CompleteIfDoneAsync(jobId, cancellationToken);
        }

        if (await jobs.FindAsync(jobId, cancellationToken) is not { Job.IsFinal: false } stored)
        {
            return null;
        }

        var receipts = await ListReceiptsAsync(stored.Job, cancellationToken);
        return HasMovedOn(stored.Job, receipts) ? await ResumedAsync(stored, cancellationToken)
            : IsStalled(stored.Job, receipts, waitingBeside(stored.Job)) ? await StalledAsync(stored, cancellationToken)
            : null;
    }

    /// <summary>Asked for only where they decide something: of a job whose messages were sent a moment ago they say nothing.</summary>
    private async Task<IReadOnlyList<RunReceipt>> ListReceiptsAsync(Job job, CancellationToken cancellationToken) =>
        job.StalledAt is null && clock.Now - job.SentAt < settings.StalledAfter ? [] : await runs.ListReceiptsAsync(job.Id, cancellationToken);

    private static bool HasMovedOn(Job job, IReadOnlyList<RunReceipt> receipts) =>
        job.StalledAt is { } then && (job.SentAt > then || receipts.Any(receipt => receipt.At > then));

    private bool IsStalled(Job job, IReadOnlyList<RunReceipt> receipts, WaitingRuns waiting)
    {
        // A run that is done sends another one: so recent are the messages of the job, however long ago its first ones were sent.
        var movedAt = receipts.Select(receipt => receipt.At).Append(job.SentAt).Max();
        return clock.Now - job.SentAt >= settings.StalledAfter * Math.Pow(2, Math.Min(job.Resends, MaxDoublings))
            && clock.Now - movedAt >= settings.StalledAfter
            && !IsWaitingItsTurn(job, movedAt, waiting);
    }

    private async Task<SweptJob?> StalledAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var sent = stored.Job with
        {
            SentAt = now,
            StalledAt = now,
            StalledSince = stored.Job.StalledSince ?? stored.Job.SentAt,
            Resends = stored.Job.Resends + 1,
            Trouble = stored.Job.Trouble ?? new JobTrouble(ErrorCode.Stalled, "The job has made no progress for a while; its messages were sent again.", now),
        };
        if (await jobs.TryReplaceAsync(sent, stored, entry: null, cancellationToken) is null)
        {
            return null;
        }

        await ResendAsync(sent, cancellationToken);
        return new SweptJob(sent, Resumed: false);
    }

    /// <summary>Its patience begins anew: what stalled once need not wait an hour when it stalls another day.</summary>
    private async Task<SweptJob?> ResumedAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        var moved = stored.Job with { StalledAt = null, StalledSince = null, Resends = 0, Trouble = null };
        return await jobs.TryReplaceAsync(moved, stored, entry: null, cancellationToken) is null ? null : new SweptJob(moved, Resumed: true);
    }

    /// <summary>
    /// Sending again what is merely behind others would make the queue longer still. Believed for a while only: one message that nobody
    /// can process must not keep the others of its job.
    /// </summary>
    private bool IsWaitingItsTurn(Job job, DateTimeOffset movedAt, WaitingRuns waiting) =>
        job is { Manifest: not null, IsStopping: false }
        && clock.Now - movedAt < settings.TurnComesWithin
        && (waiting.Jobs.Contains(job.Id) || !waiting.IsAll);

    private async Task ResendAsync(Job job, CancellationToken cancellationToken)
    {
        var done = job is { HasRuns: true, IsStopping: false } ? await jobs.ListRunsDoneAsync(job, cancellationToken) : null;
        if (done is null || done.Count == job.Runs)
        {
            await queue.SendStepAsync(job.Id, cancellationToken);
            return;
        }

        await queue.SendRunsAsync(job, RunOrder.FirstOf(job.Runs, done), cancellationToken);
    }
}

/// <param name="Resumed">It has moved on since it stalled; else it has stalled, and its messages were sent again.</param>
public sealed record SweptJob(Job Job, bool Resumed);

/// <param name="StalledAfter">How long nothing may happen before a job counts as stalled.</param>
/// <param name="TurnComesWithin">How long a job whose messages lie in the queue, or may lie behind those that can be seen, is left to wait.</param>
public sealed record SweepSettings(TimeSpan StalledAfter, TimeSpan TurnComesWithin)
{
    public static readonly SweepSettings Default = new(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(30));
}
