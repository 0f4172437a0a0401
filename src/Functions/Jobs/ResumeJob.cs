using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

public sealed class ResumeJob(JobControlService jobs, JobControls controls)
{
    [Function(nameof(ResumeJob)), Needs(CallerRole.Superadmin)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/jobs/{id}/resume")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => controls.RunAsync(request, id, jobs.ResumeAsync, cancellationToken);
}
