using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Jobs;

/// <summary>Carries out what the messages of a job ask for.</summary>
public sealed class JobRunService(
    IJobStore jobs, ISelectionStore selections, ICertificationStore certifications, AwardRunner runner, JobProgress progress)
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

        var users = await FindUsersAsync(stored.Job, run, cancellationToken)
            ?? throw new InvalidOperationException($"Job {jobId} has no run {run}.");
        var certification = await ReadCertificationAsync(stored.Job, cancellationToken);

        // Most messages come once. One that comes again is refused by the receipt, which is then read after all.
        await runner.RunAsync(stored.Job, certification, users, isNew: true, cancellationToken);
        await progress.FinishRunAsync(stored.Job, run, cancellationToken);
    }

    /// <summary>Processes all users of a job that names its few users itself.</summary>
    /// <returns>The finished job, and its results where this call stored all of them.</returns>
    public async Task<(Job Job, IReadOnlyList<JobResult>? Results)> ProcessFewAsync(
        StoredJob stored, bool isNew, CancellationToken cancellationToken)
    {
        var certification = await ReadCertificationAsync(stored.Job, cancellationToken);
        var done = await Task.WhenAll(RunSplitter.SplitFew(stored.Job.Users!)
            .Select(run => runner.RunAsync(stored.Job, certification, run, isNew, cancellationToken)));
        var job = await progress.CompleteAsync(stored, [.. done.Select(run => run.Receipt)], cancellationToken);
        var results = done.SelectMany(run => run.Results).ToList();
        return (job, results.Count == job.Total ? results : null);
    }

    /// <summary>Gives a run up: its unfinished users count as failed. Without its list of users the whole job fails.</summary>
    public async Task GiveUpAsync(JobId jobId, int run, string detail, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(jobId, cancellationToken);
        if (stored.Job.IsFinal)
        {
            return;
        }

        if (await FindUsersAsync(stored.Job, run, cancellationToken) is not { } users)
        {
            await progress.FailAsync(jobId, "manifest_missing", "The list of users of the job cannot be read.", cancellationToken);
            return;
        }

        await runner.StopAsync(jobId, users, "run_failed", detail, cancellationToken);
        await progress.FinishRunAsync(stored.Job, run, cancellationToken);
    }

    private async Task<Certification> ReadCertificationAsync(Job job, CancellationToken cancellationToken) =>
        (await certifications.FindAsync(job.CertificationCode, cancellationToken))?.Certification
        ?? throw new InvalidOperationException($"Job {job.Id} awards a certification that was never defined.");

    private async Task<StoredJob> FindAsync(JobId jobId, CancellationToken cancellationToken) =>
        await jobs.FindAsync(jobId, cancellationToken) ?? throw new InvalidOperationException($"There is no job {jobId}.");

    private async Task<RunUsers?> FindUsersAsync(Job job, int run, CancellationToken cancellationToken)
    {
        if (job.Users is not null)
        {
            return RunSplitter.SplitFew(job.Users).ElementAtOrDefault(run);
        }

        return job.Manifest is null ? null : await selections.FindRunAsync(job.Id, job.Manifest, run, cancellationToken);
    }
}
