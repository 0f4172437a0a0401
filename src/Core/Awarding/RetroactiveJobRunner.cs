using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Carries out <see cref="RetroactiveWork"/>: finds who has completed what, and awards run by run.</summary>
public sealed class RetroactiveJobRunner(
    IJobStore jobs, IManifestStore manifests, RetroactiveTasks tasks, AwardRunner awards, OrganisationClock clock) : IJobRunner
{
    public bool CarriesOut(Work work) => work is RetroactiveWork;

    public async Task<StoredJob?> ResolveAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        var job = stored.Job;
        var found = tasks.ReadAsync(((RetroactiveWork)job.Work).Code, cancellationToken);
        var manifest = await manifests.WriteAsync(job.Id, RunSplitter.SplitAsync(found, cancellationToken), cancellationToken);
        return await jobs.ReplaceOrFindAsync(stored, job.Resolved(manifest, clock.Now), cancellationToken);
    }

    public Task RunAsync(Job job, RunTasks run, bool isNew, CancellationToken cancellationToken) =>
        awards.RunAsync(job, run, isNew, cancellationToken);

    public Task FinishAsync(Job job, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken) => Task.CompletedTask;
}
