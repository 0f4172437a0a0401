using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Carries out <see cref="AwardUsersWork"/>: resolves the selection, and awards run by run.</summary>
public sealed class AwardUsersJobRunner(
    TaskListing listing, ISelectionStore selections, SelectionReader reader, AwardRunner awards, OrganisationClock clock, AwardUsersSettings settings) : IJobRunner
{
    public bool CarriesOut(Work work) => work is AwardUsersWork;

    public async Task<StoredJob?> ResolveAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        var selection = await selections.ReadAsync(stored.Job.Id, cancellationToken);
        return await listing.GoOnAsync(
            stored,
            after => reader.ReadAsync(selection, after, cancellationToken).Select(userId => new UserTasks(userId, [new OrderTask { UserId = userId }])),
            resolved => ConfirmedSelection.Check(resolved, settings.ConfirmAbove, clock.Now),
            cancellationToken);
    }

    public Task<RunEnd> RunAsync(Job job, RunTasks run, bool isNew, CancellationToken cancellationToken) =>
        awards.RunAsync(job, run, isNew, cancellationToken);

    public Task<bool> FinishAsync(Job job, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken) => Task.FromResult(true);
}
