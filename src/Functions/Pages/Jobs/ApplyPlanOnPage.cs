using CertFunctions.Core;
using CertFunctions.Core.Awarding.Plans;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Jobs;

public sealed class ApplyPlanOnPage(PlanService plans, OrganisationClock clock)
{
    [Function(nameof(ApplyPlanOnPage)), Needs(CallerRole.Superadmin), ForBrowsers]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "jobs/{id}/apply")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        JobControlsOnPage.RunAsync(
            request,
            id,
            async (planId, caller, token) => (await plans.ApplyAsync(planId, caller, JobId.New(clock.Now), token)).IsDone(out var begun, out var why) ? begun.Job : why,
            cancellationToken);
}
