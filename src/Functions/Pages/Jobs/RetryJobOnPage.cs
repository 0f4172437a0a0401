using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Jobs;

public sealed class RetryJobOnPage(JobControlService jobs)
{
    [Function(nameof(RetryJobOnPage)), Needs(CallerRole.Superadmin), ForBrowsers]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "jobs/{id}/retry")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        JobControlsOnPage.RunAsync(request, id, jobs.RetryAsync, cancellationToken);
}
