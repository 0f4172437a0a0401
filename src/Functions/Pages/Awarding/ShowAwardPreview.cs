using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Awarding;

/// <summary>How far the plan of many has come, and what it came to.</summary>
public sealed class ShowAwardPreview(ICertificationStore certifications, AwardUsersDialogs dialogs, OrganisationClock clock)
{
    [Function(nameof(ShowAwardPreview)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "certifications/{code}/awards/preview/{id}")] HttpRequest request,
        string code,
        string id,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        var plan = input.JobId(id);
        var canGoBack = input.Query.Boolean("back").Or(false);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var form = AwardUsersForm.New(clock.Today) with { Step = AwardUsersStep.Preview, Plan = plan.Value, CanGoBack = canGoBack };
        return (await certifications.FindActiveAsync(certificationCode, cancellationToken)).IsDone(out var certification, out var why)
            ? await dialogs.ShowAsync(certification, form, FieldErrors.None, cancellationToken)
            : Problem.Of(why);
    }
}
