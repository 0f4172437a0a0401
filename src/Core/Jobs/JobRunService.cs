using CertFunctions.Core.Awarding;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Ingestion;

namespace CertFunctions.Core.Jobs;

/// <summary>Carries out what the messages of a job ask for.</summary>
public sealed class JobRunService(
    IJobStore jobs, ISelectionStore selections, ICertificationStore store, AwardRunner runner, DirectoryRunner directory, JobProgress progress)
{
    public async Task<bool> ExistsAsync(JobId jobId, int run, CancellationToken cancellationToken) =>
        await jobs.FindAsync(jobId, cancellationToken) is { } stored && run < stored.Job.Runs;

    /// <summary>Processes one run of a job of many users.</summary>
    /// <exception cref="InvalidOperationException">There is no such job or run: the message is not ours.</exception>
    public async Task ProcessAsync(JobId jobId, int run, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(jobId, cancellationToken);
        if (stored.Job.IsFinal)
        {
            return;
        }

        var tasks = await FindTasksAsync(stored.Job, run, cancellationToken)
            ?? throw new InvalidOperationException($"Job {jobId} has no run {run}.");

        // Most messages come once. One that comes again is refused by the receipt, which is then read after all.
        await RunAsync(stored.Job, tasks, isNew: true, cancellationToken);
        await progress.FinishRunAsync(stored.Job, run, cancellationToken);
    }

    /// <summary>Processes all users of a job that names its few users itself.</summary>
    /// <returns>The finished job, and its results where this call stored all of them.</returns>
    public async Task<(Job Job, IReadOnlyList<JobResult>? Results)> ProcessFewAsync(
        StoredJob stored, bool isNew, CancellationToken cancellationToken)
    {
        var runs = RunSplitter.SplitFew(stored.Job.Users!);
        var certifications = await ReadCertificationsAsync(stored.Job, runs.SelectMany(run => run.Tasks), cancellationToken);
        var done = await Task.WhenAll(runs.Select(run => runner.RunAsync(stored.Job, certifications, run, isNew, cancellationToken)));
        var job = await progress.CompleteAsync(stored, [.. done.Select(run => run.Receipt)], cancellationToken);
        var results = done.SelectMany(run => run.Results).ToList();
        return (job, results.Count == job.Total ? results : null);
    }

    /// <summary>Gives a run up: what it has not done counts as failed. Without its list of tasks the whole job fails.</summary>
    public async Task GiveUpAsync(JobId jobId, int run, string detail, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(jobId, cancellationToken);
        if (stored.Job.IsFinal)
        {
            return;
        }

        if (await FindTasksAsync(stored.Job, run, cancellationToken) is not { } tasks)
        {
            await progress.FailAsync(jobId, "manifest_missing", "The list of users of the job cannot be read.", cancellationToken);
            return;
        }

        await runner.StopAsync(jobId, tasks, "run_failed", detail, cancellationToken);
        await progress.FinishRunAsync(stored.Job, run, cancellationToken);
    }

    private async Task RunAsync(Job job, RunTasks tasks, bool isNew, CancellationToken cancellationToken)
    {
        if (job.Import is { Kind: not ImportKind.Awards })
        {
            await directory.RunAsync(job, tasks, isNew, cancellationToken);
            return;
        }

        var certifications = await ReadCertificationsAsync(job, tasks.Tasks, cancellationToken);
        await runner.RunAsync(job, certifications, tasks, isNew, cancellationToken);
    }

    /// <summary>All that the tasks name, as they are now.</summary>
    private async Task<IReadOnlyDictionary<CertificationCode, Certification>> ReadCertificationsAsync(
        Job job, IEnumerable<RunTask> tasks, CancellationToken cancellationToken)
    {
        var codes = tasks.Select(task => TaskRules.CodeOf(task, job)).OfType<CertificationCode>().Distinct();
        var found = await Task.WhenAll(codes.Select(code => store.FindAsync(code, cancellationToken)));
        return found.ToDictionary(
            stored => stored?.Certification.Code ?? throw new InvalidOperationException($"Job {job.Id} awards a certification that was never defined."),
            stored => stored!.Certification);
    }

    private async Task<StoredJob> FindAsync(JobId jobId, CancellationToken cancellationToken) =>
        await jobs.FindAsync(jobId, cancellationToken) ?? throw new InvalidOperationException($"There is no job {jobId}.");

    private async Task<RunTasks?> FindTasksAsync(Job job, int run, CancellationToken cancellationToken)
    {
        if (job.Users is not null)
        {
            return RunSplitter.SplitFew(job.Users).ElementAtOrDefault(run);
        }

        return job.Manifest is null ? null : await selections.FindRunAsync(job.Id, job.Manifest, run, cancellationToken);
    }
}
