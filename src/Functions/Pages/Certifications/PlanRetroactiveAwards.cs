using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Certifications;

/// <summary>Only finds out who would be awarded: the page of the plan's job says it, and carries it out.</summary>
public sealed class PlanRetroactiveAwards(RetroactiveService awards, OrganisationClock clock)
{
    [Function(nameof(PlanRetroactiveAwards)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "certifications/{code}/award-retroactively")] HttpRequest request,
        string code,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var planned = await awards.AwardAsync(
            certificationCode, new RetroactiveRequest(IsPlan: true), input.Caller.Name, new ReservedJobId(JobId.New(clock.Now), IsNew: true), cancellationToken);
        return planned.Answer(begun => HtmxRequests.GoTo(request, $"/jobs/{begun.Job.Id}"));
    }
}
