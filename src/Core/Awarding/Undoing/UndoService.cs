using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding.Undoing;

/// <summary>Undoes jobs: what few people are touched by before it answers, else as a background job.</summary>
public sealed class UndoService(
    IJobStore jobs, JobService service, UndoJobRunner runner, SmallJobs small, OrganisationClock clock, AwardUsersSettings settings)
{
    /// <summary>So few runs are read before the answer.</summary>
    private const int RunsReadBeforeAnswer = 64;

    /// <summary>It changed so many that nobody undoes it without saying how many that is.</summary>
    public bool NeedsConfirmation(Job undone) => Confirmation.WhyNot(undone.Counts.Changed, confirmed: null, settings.ConfirmAbove) is not null;

    public async Task<Outcome<BegunJob>> UndoAsync(
        JobId id, UndoRequest request, string caller, ReservedJobId reserved, CancellationToken cancellationToken)
    {
        var until = small.Deadline();
        if (await jobs.FindBegunAsync(reserved, cancellationToken) is { } begun)
        {
            return await GoOnAsync(begun, until, cancellationToken);
        }

        if (await jobs.FindAsync(id, cancellationToken) is not { Job: var undone })
        {
            return JobRejections.NotFound(id);
        }

        if (WhyNot(undone) is { } why)
        {
            return JobRejections.StateConflict(undone, why);
        }

        if (request is { IsPlan: false, ConfirmUsers: null } && NeedsConfirmation(undone))
        {
            return Rejection.Unprocessable(
                ErrorCode.ConfirmationRequired,
                $"The job changed more than {settings.ConfirmAbove}. Say how many you expect in confirmUsers: a plan (dryRun) tells the number.");
        }

        var work = new UndoWork(undone.Id, undone.Work.About, request.Reason) { ConfirmUsers = request.ConfirmUsers };
        var job = Job.Queued(reserved.Id, work, caller, clock.Now) with { IsPlan = request.IsPlan };
        var (stored, _) = await service.AddAsync(job, cancellationToken);
        if (undone.Counts.Changed <= Limits.UsersDoneBeforeAnswer && undone.Runs <= RunsReadBeforeAnswer)
        {
            stored = await runner.ResolveAsync(stored, cancellationToken) ?? await jobs.GetAsync(job.Id, cancellationToken);
        }

        return await GoOnAsync(stored, until, cancellationToken);
    }

    private async Task<Outcome<BegunJob>> GoOnAsync(StoredJob stored, DateTimeOffset until, CancellationToken cancellationToken) =>
        await small.BeginAsync(stored, isSmall: stored.Job.Total <= Limits.UsersDoneBeforeAnswer, until, cancellationToken);

    private static string? WhyNot(Job job) => job switch
    {
        { IsFinal: false } => "cannot be undone before it has ended",
        { IsPlan: true } => "is a plan: there is nothing to undo",
        { Work.CanBeUndone: false } => "changed people, groups or branches, of which no former versions are kept: it cannot be undone",
        _ => null,
    };
}

/// <param name="IsPlan">Only find out what would come of it.</param>
/// <param name="ConfirmUsers">How many rows the requester expects, as a plan counts them; null: not said.</param>
public sealed record UndoRequest(bool IsPlan, int? ConfirmUsers, string? Reason);
