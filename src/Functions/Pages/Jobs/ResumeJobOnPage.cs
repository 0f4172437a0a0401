using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Jobs;

public sealed class ResumeJobOnPage(JobControlService jobs)
{
    [Function(nameof(ResumeJobOnPage)), Needs(CallerRole.Superadmin), ForBrowsers]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "jobs/{id}/resume")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        JobControlsOnPage.RunAsync(request, id, jobs.ResumeAsync, cancellationToken);
}
