using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

public sealed class RetryJob(JobControlService jobs, JobControls controls)
{
    [Function(nameof(RetryJob)), Needs(CallerRole.Superadmin)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/jobs/{id}/retry")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => controls.RunAsync(request, id, jobs.RetryAsync, cancellationToken);
}
