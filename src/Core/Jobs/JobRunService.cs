namespace CertFunctions.Core.Jobs;

/// <summary>Carries out the runs of jobs.</summary>
public sealed class JobRunService(IJobStore jobs, IManifestStore manifests, IRunStore runs, JobRunners runners, JobProgress progress)
{
    public async Task<bool> ExistsAsync(JobId jobId, int run, CancellationToken cancellationToken) =>
        await jobs.FindAsync(jobId, cancellationToken) is { } stored && run < stored.Job.Runs;

    /// <summary>Processes one run of a job.</summary>
    /// <exception cref="InvalidOperationException">There is no such job or run: the message is not ours.</exception>
    public async Task ProcessAsync(JobId jobId, int run, CancellationToken cancellationToken)
    {
        var job = (await jobs.GetAsync(jobId, cancellationToken)).Job;
        if (job.IsFinal)
        {
            return;
        }

        var tasks = await FindTasksAsync(job, run, cancellationToken)
            ?? throw new InvalidOperationException($"Job {jobId} has no run {run}.");

        // Most messages come once. One that comes again is refused by the receipt, which is then read after all.
        await runners.Of(job).RunAsync(job, tasks, isNew: true, cancellationToken);
        await progress.FinishRunAsync(job, run, cancellationToken);
    }

    /// <summary>Gives a run up: what it has not done counts as failed. Without its list of tasks the whole job fails.</summary>
    public async Task GiveUpAsync(JobId jobId, int run, string detail, CancellationToken cancellationToken)
    {
        var job = (await jobs.GetAsync(jobId, cancellationToken)).Job;
        if (job.IsFinal)
        {
            return;
        }

        if (await FindTasksAsync(job, run, cancellationToken) is not { } tasks)
        {
            await progress.FailAsync(jobId, ErrorCode.ManifestMissing, "The list of users of the job cannot be read.", cancellationToken);
            return;
        }

        await StopAsync(jobId, tasks, ErrorCode.RunFailed, detail, cancellationToken);
        await progress.FinishRunAsync(job, run, cancellationToken);
    }

    private async Task StopAsync(JobId jobId, RunTasks run, string code, string detail, CancellationToken cancellationToken)
    {
        var writer = await runs.OpenAsync(new RunKey(jobId, run.Run, run.Shard), isNew: false, cancellationToken);
        while (writer.Receipt.Stopped is null && writer.Receipt.Next < run.Tasks.Count)
        {
            var unfinished = run.Tasks.Skip(writer.Receipt.Next).Select(task => JobResult.Of(task, null, ChangeOutcome.Failed, code, detail));
            await writer.StopAsync([.. unfinished], code, cancellationToken);
        }
    }

    private async Task<RunTasks?> FindTasksAsync(Job job, int run, CancellationToken cancellationToken) =>
        job.Work.FewRuns is { } few ? few.ElementAtOrDefault(run)
        : job.Manifest is { } manifest ? await manifests.FindRunAsync(job.Id, manifest, run, cancellationToken)
        : null;
}
