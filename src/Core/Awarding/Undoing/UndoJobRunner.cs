using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding.Undoing;

/// <summary>Carries out <see cref="UndoWork"/>: finds what the job changed, and puts it back run by run.</summary>
public sealed class UndoJobRunner(
    IJobStore jobs, IRunStore results, IManifestStore manifests, AwardRunner awards, OrganisationClock clock, AwardUsersSettings settings, TaskListingSettings listing)
    : IJobRunner
{
    public bool CarriesOut(Work work) => work is UndoWork;

    public async Task<StoredJob?> ResolveAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        var (id, listed) = (stored.Job.Id, stored.Job.Listed);
        var undone = (await jobs.GetAsync(stored.Job.Work.Undoes!, cancellationToken)).Job;
        if (!undone.IsFinal)
        {
            var again = stored.Job.Failed(ErrorCode.JobStateConflict, $"Job {undone.Id} is at work again. Nothing was undone.", clock.Now);
            return await jobs.ReplaceOrFindAsync(stored, again, cancellationToken);
        }

        var runs = new UndoneRuns(results, manifests, clock, undone, listed?.NextRun ?? 0, clock.Now + listing.TimePerStep);
        var part = await manifests.WriteAsync(id, runs.ListAsync(cancellationToken), cancellationToken);
        IReadOnlyList<string> parts = [.. listed?.Parts ?? [], part.Name];
        var all = runs.Next is not null || parts.Count == 1 ? part : await manifests.JoinAsync(id, parts, cancellationToken);
        return await jobs.MoveAsync(
            stored,
            job => runs.Next is { } next
                ? job.Moved(clock.Now) with { Listed = new ListedTasks(parts, null, next) }
                : ConfirmedSelection.Check(job.Resolved(all, clock.Now), settings.ConfirmAbove, clock.Now),
            cancellationToken);
    }

    public Task<RunEnd> RunAsync(Job job, RunTasks run, bool isNew, CancellationToken cancellationToken) => awards.RunAsync(job, run, isNew, cancellationToken);

    public Task<bool> FinishAsync(Job job, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken) => Task.FromResult(true);
}
