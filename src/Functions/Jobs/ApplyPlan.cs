using CertFunctions.Core.Awarding.Plans;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

public sealed class ApplyPlan(PlanService plans, JobPosts posts)
{
    [Function(nameof(ApplyPlan)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/jobs/{id}/apply")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithOptionalBodyAsync(request, cancellationToken);
        var planId = input.JobId(id);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return await posts.RunAsync(input, id => plans.ApplyAsync(planId, input.Caller.Name, id.Id, cancellationToken), cancellationToken);
    }
}
