namespace CertFunctions.Core.Jobs;

/// <summary>Counts and ends jobs.</summary>
public sealed class JobProgress(IJobStore jobs, IRunStore runs, IJobQueue queue, OrganisationClock clock)
{
    /// <summary>A page of jobs as <see cref="IJobStore.ListAsync"/> has it, each with the counts that are true now.</summary>
    public async Task<Page<Job>> ListAsync(JobFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var found = await jobs.ListAsync(filter, page, cancellationToken);
        return new Page<Job>(await Task.WhenAll(found.Items.Select(job => WithCountsAsync(job, cancellationToken))), found.Next);
    }

    /// <summary>The job with the counts that are true now, and its trouble only if no run has moved since.</summary>
    public async Task<Job> WithCountsAsync(Job job, CancellationToken cancellationToken)
    {
        if (job.IsFinal || !job.HasRuns)
        {
            return job;
        }

        var receipts = await runs.ListReceiptsAsync(job.Id, cancellationToken);
        return job with
        {
            Counts = Sum(receipts),
            Trouble = receipts.Any(receipt => receipt.At > job.Trouble?.At) ? null : job.Trouble,
        };
    }

    /// <summary>Notes why the job waits, unless that is known.</summary>
    public async Task NoteTroubleAsync(JobId jobId, string code, string detail, CancellationToken cancellationToken)
    {
        var attempts = new Attempts();
        while (await jobs.FindAsync(jobId, cancellationToken) is { Job.IsFinal: false } stored
            && (stored.Job.Trouble?.Code != code || clock.Now - stored.Job.Trouble.At >= JobTrouble.NotedFor))
        {
            attempts.Next();
            var troubled = stored.Job with { Trouble = new JobTrouble(code, detail, clock.Now) };
            if (await jobs.TryReplaceAsync(troubled, stored, entry: null, cancellationToken) is not null)
            {
                return;
            }
        }
    }

    /// <summary>Notes that a run is done; whoever notes the last one ends the job.</summary>
    /// <param name="job">As it was read in the turn of the run, since its runs are known: their number never changes.</param>
    public async Task FinishRunAsync(Job job, int run, CancellationToken cancellationToken)
    {
        if (await jobs.MarkRunDoneAsync(job, run, cancellationToken))
        {
            await CompleteIfDoneAsync(job.Id, cancellationToken);
        }
    }

    /// <summary>
    /// Ends the job if all its runs are done, or asks for the step that is left behind them. Any number may try at once: they would all
    /// write the same.
    /// </summary>
    public async Task CompleteIfDoneAsync(JobId jobId, CancellationToken cancellationToken)
    {
        var stored = await jobs.FindAsync(jobId, cancellationToken);
        if (stored is null || stored.Job.IsFinal || !stored.Job.HasRuns)
        {
            return;
        }

        var done = await jobs.ListRunsDoneAsync(stored.Job, cancellationToken);
        if (done.Count < stored.Job.Runs)
        {
            return;
        }

        if (stored.Job.Work.HasFinish)
        {
            await queue.SendStepAsync(jobId, cancellationToken);
        }
        else
        {
            await CompleteAsync(stored, await runs.ListReceiptsAsync(jobId, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Asks for the next step of a job that has made one.</summary>
    public async Task MoveOnAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        // Where others have written to the job meanwhile, it only seems to have moved a little earlier.
        await jobs.TryReplaceAsync(stored.Job.Moved(clock.Now), stored, entry: null, cancellationToken);
        await queue.SendStepAsync(stored.Job.Id, cancellationToken);
    }

    /// <summary>Ends a job whose receipts all say that nothing is left.</summary>
    /// <returns>The job as it is stored afterwards.</returns>
    public async Task<Job> CompleteAsync(StoredJob stored, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken)
    {
        for (var attempts = new Attempts(); !stored.Job.IsFinal;)
        {
            attempts.Next();
            var completed = stored.Job.Completed(Sum(receipts), clock.Now);
            stored = await jobs.TryReplaceAsync(completed, stored, entry: null, cancellationToken)
                ?? await jobs.GetAsync(stored.Job.Id, cancellationToken);
        }

        return stored.Job;
    }

    /// <summary>Ends a job that is stopping, once nobody can write for it any more.</summary>
    public async Task CancelAsync(StoredJob stopping, CancellationToken cancellationToken)
    {
        var (stored, attempts) = (stopping, new Attempts());
        while (stored.Job.IsStopping)
        {
            attempts.Next();
            var receipts = stored.Job.HasRuns ? await runs.ListReceiptsAsync(stored.Job.Id, cancellationToken) : [];
            var cancelled = stored.Job.Cancelled(Sum(receipts), clock.Now);
            stored = await jobs.ReplaceOrFindAsync(stored, cancelled, cancellationToken);
        }
    }

    /// <summary>Ends the job as failed, unless it has ended already.</summary>
    public Task FailAsync(JobId jobId, string code, string detail, CancellationToken cancellationToken) =>
        FailWhileAsync(_ => true, jobId, code, detail, cancellationToken);

    /// <summary>
    /// Ends the job as failed before it has runs. With its first runs on their way they decide how it ends, and what of them was never
    /// sent is sent by the sweeper.
    /// </summary>
    public Task FailBeforeRunsAsync(JobId jobId, string code, string detail, CancellationToken cancellationToken) =>
        FailWhileAsync(job => !job.HasRuns, jobId, code, detail, cancellationToken);

    private async Task FailWhileAsync(
        Func<Job, bool> applies, JobId jobId, string code, string detail, CancellationToken cancellationToken)
    {
        var attempts = new Attempts();
        while (await jobs.FindAsync(jobId, cancellationToken) is { Job.IsFinal: false } stored && applies(stored.Job))
        {
            attempts.Next();
            var failed = (await WithCountsAsync(stored.Job, cancellationToken)).Failed(code, detail, clock.Now);
            if (await jobs.TryReplaceAsync(failed, stored, entry: null, cancellationToken) is not null)
            {
                return;
            }
        }
    }

    private static JobCounts Sum(IEnumerable<RunReceipt> receipts) =>
        receipts.Aggregate(JobCounts.None, (sum, receipt) => sum + receipt.Counts);
}
