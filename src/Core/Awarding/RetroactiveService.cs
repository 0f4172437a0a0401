using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Awards a certification to those who completed one of its activities before it listed that: always as a background job.</summary>
public sealed class RetroactiveService(
    ICertificationStore certifications, IJobStore jobs, JobService service, RetroactiveTasks tasks, OrganisationClock clock, AwardUsersSettings settings)
{
    public async Task<Outcome<BegunJob>> AwardAsync(CertificationCode code, RetroactiveRequest request, string caller, ReservedJobId reserved, CancellationToken cancellationToken)
    {
        var stored = await jobs.FindBegunAsync(reserved, cancellationToken);
        if (stored is null)
        {
            if (!(await certifications.FindActiveAsync(code, cancellationToken)).IsDone(out var certification, out var why))
            {
                return why;
            }

            if (settings.ConfirmAbove > 0 && request is { IsPlan: false, ConfirmUsers: null } && await AreManyAsync(certification.Code, cancellationToken))
            {
                return Rejection.Unprocessable(
                    ErrorCode.ConfirmationRequired,
                    $"More than {settings.ConfirmAbove} users would be awarded. Say how many you expect in confirmUsers: a plan (dryRun) tells the number.");
            }

            var work = new RetroactiveWork(certification.Code) { ConfirmUsers = request.ConfirmUsers };
            (stored, _) = await service.AddAsync(Job.Queued(reserved.Id, work, caller, clock.Now) with { IsPlan = request.IsPlan }, cancellationToken);
        }

        await service.StartAsync(stored.Job, cancellationToken);
        return new BegunJob(stored.Job);
    }

    /// <summary>
    /// Looks at twice as many users as may be awarded without confirmation. Where most of what they completed was used before, the job finds out.
    /// </summary>
    private async Task<bool> AreManyAsync(CertificationCode code, CancellationToken cancellationToken) => await tasks.ReadAsync(code, after: null, cancellationToken)
        .Take(2 * settings.ConfirmAbove).SelectMany(user => user.Tasks.ToAsyncEnumerable()).Skip(settings.ConfirmAbove).AnyAsync(cancellationToken);
}

/// <param name="IsPlan">Only find out what would come of it.</param>
/// <param name="ConfirmUsers">How many tasks the requester expects, as a plan counts them; null: not said.</param>
public sealed record RetroactiveRequest(bool IsPlan = false, int? ConfirmUsers = null);
