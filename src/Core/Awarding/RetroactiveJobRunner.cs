using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Carries out <see cref="RetroactiveWork"/>: finds who has completed what, and awards run by run.</summary>
public sealed class RetroactiveJobRunner(
    TaskListing listing, RetroactiveTasks tasks, AwardRunner awards, OrganisationClock clock, AwardUsersSettings settings) : IJobRunner
{
    public bool CarriesOut(Work work) => work is RetroactiveWork;

    public async Task<StoredJob?> ResolveAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        var code = ((RetroactiveWork)stored.Job.Work).Code;
        return await listing.GoOnAsync(
            stored,
            after => tasks.ReadAsync(code, after, cancellationToken),
            resolved => ConfirmedSelection.Check(resolved, settings.ConfirmAbove, clock.Now),
            cancellationToken);
    }

    public Task<RunEnd> RunAsync(Job job, RunTasks run, bool isNew, CancellationToken cancellationToken) =>
        awards.RunAsync(job, run, isNew, cancellationToken);

    public Task<bool> FinishAsync(Job job, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken) => Task.FromResult(true);
}
