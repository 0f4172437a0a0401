using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

public sealed class GetJob(IJobStore jobs, JobProgress progress, OrganisationClock clock)
{
    [Function(nameof(GetJob)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/jobs/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var jobId = input.JobId(id);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return await jobs.FindAsync(jobId, cancellationToken) is { } stored
            ? Answer.Ok(JobAnswer.Of(await progress.WithCountsAsync(stored.Job, cancellationToken), clock))
            : Problem.Of(JobRejections.NotFound(jobId));
    }
}
