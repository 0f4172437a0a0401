namespace CertFunctions.Core.Jobs;

/// <summary>Takes jobs from step to step: finding out what there is to do, the runs, what comes behind them.</summary>
public sealed class JobStepService(
    IJobStore jobs, IRunStore runs, IJobQueue queue, JobRunners runners, JobProgress progress, JobStop stop, IPlanCheck plans)
{
    /// <summary>Does what comes next. Safe to repeat, at once or after a crash.</summary>
    /// <exception cref="InvalidOperationException">There is no such job: the message is not ours.</exception>
    public async Task AdvanceAsync(JobId jobId, CancellationToken cancellationToken)
    {
        var stored = await jobs.GetAsync(jobId, cancellationToken);
        if (stored.Job.IsFinal)
        {
            return;
        }

        if (stored.Job.HasRuns)
        {
            var done = await jobs.ListRunsDoneAsync(stored.Job, cancellationToken);
            await (stored.Job.IsStopping && done.Count < stored.Job.Runs
                ? stop.StopAsync(stored, done, cancellationToken)
                : SendOrFinishAsync(stored, done, cancellationToken));
            return;
        }

        if (stored.Job.IsStopping)
        {
            await progress.CancelAsync(stored, cancellationToken);
            return;
        }

        var resolved = stored.Job.PlanId is null
            ? await runners.Of(stored.Job).ResolveAsync(stored, cancellationToken)
            : await plans.ResolveAsync(stored, cancellationToken);
        await (resolved?.Job switch
        {
            null or { IsFinal: true } => Task.CompletedTask,
            { HasRuns: false } or { IsStopping: true } => queue.SendStepAsync(jobId, cancellationToken),
            _ => SendOrFinishAsync(resolved, new HashSet<int>(), cancellationToken),
        });
    }

    /// <summary>Gives the job up, unless runs of it are under way: these decide how it ends.</summary>
    public async Task GiveUpAsync(JobId jobId, CancellationToken cancellationToken)
    {
        if ((await jobs.FindAsync(jobId, cancellationToken))?.Job is not { } job)
        {
            return;
        }

        var isFinish = job.HasRuns && (await jobs.ListRunsDoneAsync(job, cancellationToken)).Count == job.Runs;
        var (code, detail) = job.Work.GivenUp;
        await (isFinish
            ? progress.FailAsync(jobId, code, detail, cancellationToken)
            : progress.FailBeforeRunsAsync(jobId, code, detail, cancellationToken));
    }

    private async Task SendOrFinishAsync(StoredJob stored, IReadOnlySet<int> done, CancellationToken cancellationToken)
    {
        var job = stored.Job;
        if (done.Count < job.Runs)
        {
            await queue.SendRunsAsync(job, RunOrder.FirstOf(job.Runs, done), cancellationToken);
            return;
        }

        var receipts = job.Runs == 0 ? [] : await runs.ListReceiptsAsync(job.Id, cancellationToken);
        if (job.Work.HasFinish && !await runners.Of(job).FinishAsync(job, receipts, cancellationToken))
        {
            await progress.MoveOnAsync(stored, cancellationToken);
            return;
        }

        await progress.CompleteAsync(stored, receipts, cancellationToken);
    }
}
