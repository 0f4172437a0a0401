using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Awards a certification to those who completed one of its activities before it listed that: always as a background job.</summary>
public sealed class RetroactiveService(ICertificationStore certifications, IJobStore jobs, JobStart start, OrganisationClock clock)
{
    /// <param name="jobId">The id that the job is to have. The same again after a crash: what was begun goes on.</param>
    public async Task<Outcome<Job>> AwardAsync(CertificationCode code, string caller, JobId jobId, CancellationToken cancellationToken)
    {
        var job = (await jobs.FindAsync(jobId, cancellationToken))?.Job;
        if (job is null)
        {
            var certification = (await certifications.FindAsync(code, cancellationToken))?.Certification;
            if (AwardUsersService.RejectionOf(code, certification) is { } refused)
            {
                return refused;
            }

            job = await AddAsync(NewJob(certification!, caller, jobId), cancellationToken);
        }

        if (!job.IsFinal)
        {
            await start.ExpandAsync(jobId, cancellationToken);
        }

        return job;
    }

    private async Task<Job> AddAsync(Job job, CancellationToken cancellationToken) =>
        (await jobs.TryAddAsync(job, cancellationToken) ?? await jobs.FindAsync(job.Id, cancellationToken))?.Job
        ?? throw new InvalidOperationException($"Job {job.Id} has vanished.");

    private Job NewJob(Certification certification, string caller, JobId jobId) => new()
    {
        Id = jobId,
        Kind = JobKind.Retroactive,
        Status = JobStatus.Queued,
        CertificationCode = certification.Code,
        RequestedBy = caller,
        CreatedAt = clock.Now,
        SentAt = clock.Now,
    };
}
