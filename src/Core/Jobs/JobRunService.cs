namespace CertFunctions.Core.Jobs;

/// <summary>Carries out the runs of jobs.</summary>
public sealed class JobRunService(
    IJobStore jobs, IManifestStore manifests, IRunStore runs, IJobQueue queue, JobRunners runners, JobProgress progress)
{
    public async Task<bool> ExistsAsync(JobId jobId, int run, CancellationToken cancellationToken) =>
        await jobs.FindAsync(jobId, cancellationToken) is { } stored && run < stored.Job.Runs;

    /// <summary>Processes one run of a job, and sends the one that comes next.</summary>
    /// <exception cref="InvalidOperationException">There is no such job or run: the message is not ours.</exception>
    public async Task ProcessAsync(JobId jobId, int run, CancellationToken cancellationToken)
    {
        var job = (await jobs.GetAsync(jobId, cancellationToken)).Job;
        if (job.IsFinal || job.IsStopping)
        {
            return;
        }

        var tasks = await FindTasksAsync(job, run, cancellationToken)
            ?? throw new InvalidOperationException($"Job {jobId} has no run {run}.");

        // Most messages come once. One that comes again is refused by the receipt, which is then read after all.
        var end = await runners.Of(job).RunAsync(job, tasks, isNew: job.Turn == JobTurn.First, cancellationToken);
        if (end != RunEnd.Cancelled)
        {
            await FinishAsync(job, run, mayBeNoted: end == RunEnd.WasDone, cancellationToken);
        }
    }

    /// <summary>
    /// Gives a run up: what it has not done counts as failed, what it did not get to in a retry has failed before, and the one that comes next
    /// is sent. Without its list of tasks the whole job fails.
    /// </summary>
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

        await StopAsync(job, tasks, ErrorCode.RunFailed, detail, cancellationToken);
        await FinishAsync(job, run, mayBeNoted: true, cancellationToken);
    }

    /// <summary>
    /// Sends the next run, and notes then that this one is done: a crash in between sends the next one twice, the other way round it would
    /// never be sent. The second message dies out, once a run is noted as done: it sends nothing any more.
    /// </summary>
    /// <param name="mayBeNoted">Ask whether it is noted already. A message that has done part of the run need not: it costs a request.</param>
    private async Task FinishAsync(Job job, int run, bool mayBeNoted, CancellationToken cancellationToken)
    {
        if (RunOrder.SuccessorOf(run, job.Runs) is { } next && !(mayBeNoted && await jobs.IsRunDoneAsync(job, run, cancellationToken)))
        {
            await queue.SendRunsAsync(job, [next], cancellationToken);
        }

        await progress.FinishRunAsync(job, run, cancellationToken);
    }

    private async Task StopAsync(Job job, RunTasks run, string code, string detail, CancellationToken cancellationToken)
    {
        var writer = await runs.OpenAsync(new RunKey(job.Id, run.Run, run.Shard), job.Turn, isNew: false, cancellationToken);
        while (writer.Receipt.Stopped is null && writer.Receipt.Counts.Processed < run.Tasks.Count)
        {
            var unfinished = run.Tasks.Skip(writer.Receipt.Next).Select(task => JobResult.Of(task, null, ChangeOutcome.Failed, code, detail));
            await writer.StopAsync([.. unfinished], code, cancellationToken);
        }
    }

    private async Task<RunTasks?> FindTasksAsync(Job job, int run, CancellationToken cancellationToken) =>
        job.Work.FewRuns is { } few ? few.ElementAtOrDefault(run)
        : job.Manifest is { } manifest ? await manifests.FindRunAsync(job.ListedBy, manifest, run, cancellationToken)
        : null;
}
