using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Resolves what a job is for into a list of tasks and sends its runs.</summary>
public sealed class ExpansionService(
    IJobStore jobs,
    ISelectionStore selections,
    SelectionReader reader,
    RetroactiveTasks retroactive,
    IJobQueue queue,
    JobProgress progress,
    OrganisationClock clock,
    AwardUsersSettings settings)
{
    /// <exception cref="InvalidOperationException">There is no such job: the message is not ours.</exception>
    public async Task ExpandAsync(JobId jobId, CancellationToken cancellationToken)
    {
        var stored = await jobs.FindAsync(jobId, cancellationToken)
            ?? throw new InvalidOperationException($"There is no job {jobId}.");
        var attempts = new Attempts();
        while (!stored.Job.IsFinal && stored.Job.Manifest is null)
        {
            attempts.Next();
            var resolved = await ResolveAsync(stored.Job, cancellationToken);

            // Whoever puts a manifest on the job first decides: the borders of runs never move.
            stored = await jobs.TryReplaceAsync(resolved, stored.Revision, cancellationToken)
                ?? (await jobs.FindAsync(jobId, cancellationToken))!;
        }

        if (!stored.Job.IsFinal)
        {
            await queue.SendRunsAsync(jobId, Enumerable.Range(0, stored.Job.Runs), cancellationToken);
        }
    }

    /// <summary>Gives the job up, so long as it has not awarded anyone.</summary>
    public Task GiveUpAsync(JobId jobId, string detail, CancellationToken cancellationToken) =>
        progress.FailBeforeRunsAsync(jobId, "expansion_failed", detail, cancellationToken);

    /// <summary>Nearly always found out before the job is made; not where the selection has more sources than are counted then.</summary>
    private bool NeedsConfirmation(Job job, int total) =>
        job.Kind == JobKind.Award && job.ConfirmUsers is null && settings.ConfirmAbove > 0 && total > settings.ConfirmAbove;

    private async Task<Job> ResolveAsync(Job job, CancellationToken cancellationToken)
    {
        var runs = job.Kind == JobKind.Retroactive
            ? RunSplitter.SplitAsync(retroactive.ReadAsync(job.CertificationCode!, cancellationToken), cancellationToken)
            : RunSplitter.SplitAsync(reader.ReadAsync(await selections.ReadAsync(job.Id, cancellationToken), cancellationToken), cancellationToken);
        var manifest = await selections.WriteManifestAsync(job.Id, runs, cancellationToken);
        var resolved = job.Moved(clock.Now) with
        {
            Manifest = manifest.Name,
            Runs = manifest.Runs,
            Total = manifest.Total,
            Status = JobStatus.Running,
            StartedAt = clock.Now,
        };
        return manifest.Total switch
        {
            var total when job.ConfirmUsers is { } expected && expected != total => resolved.Mismatched(expected, clock.Now),
            var total when NeedsConfirmation(job, total) => resolved.Unconfirmed(settings.ConfirmAbove, clock.Now),
            0 => resolved.Completed(JobCounts.None, clock.Now),
            _ => resolved,
        };
    }
}
