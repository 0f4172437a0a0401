using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Carries out <see cref="AwardUsersWork"/>: resolves the selection, and awards run by run.</summary>
public sealed class AwardUsersJobRunner(
    IJobStore jobs,
    IManifestStore manifests,
    ISelectionStore selections,
    SelectionReader reader,
    AwardRunner awards,
    OrganisationClock clock,
    AwardUsersSettings settings) : IJobRunner
{
    public bool CarriesOut(Work work) => work is AwardUsersWork;

    public async Task<StoredJob?> ResolveAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        var job = stored.Job;
        var users = reader.ReadAsync(await selections.ReadAsync(job.Id, cancellationToken), cancellationToken);
        var runs = RunSplitter.SplitAsync(users.Select(userId => new OrderTask { UserId = userId }), cancellationToken);
        var manifest = await manifests.WriteAsync(job.Id, runs, cancellationToken);
        var resolved = Confirmation.Check(job.Resolved(manifest, clock.Now), settings.ConfirmAbove, clock.Now);
        return await jobs.ReplaceOrFindAsync(stored, resolved, cancellationToken);
    }

    public Task RunAsync(Job job, RunTasks run, bool isNew, CancellationToken cancellationToken) =>
        awards.RunAsync(job, run, isNew, cancellationToken);

    public Task FinishAsync(Job job, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken) => Task.CompletedTask;
}
