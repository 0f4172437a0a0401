using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Awards a certification to those who completed one of its activities before it listed that: always as a background job.</summary>
public sealed class RetroactiveService(ICertificationStore certifications, IJobStore jobs, JobService service, OrganisationClock clock)
{
    public async Task<Outcome<Job>> AwardAsync(CertificationCode code, string caller, ReservedJobId reserved, CancellationToken cancellationToken)
    {
        var stored = await jobs.FindBegunAsync(reserved, cancellationToken);
        if (stored is null)
        {
            if (!(await certifications.FindActiveAsync(code, cancellationToken)).IsDone(out var certification, out var why))
            {
                return why;
            }

            (stored, _) = await service.AddAsync(Job.Queued(reserved.Id, new RetroactiveWork(certification.Code), caller, clock.Now), cancellationToken);
        }

        await service.StartAsync(stored.Job, cancellationToken);
        return stored.Job;
    }
}
