using CertFunctions.Core;
using CertFunctions.Core.Awarding.Plans;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Awarding;

/// <summary>What the buttons of the dialog do: nothing is awarded but by carrying out a plan, once.</summary>
public sealed class AwardUsersOnPage(
    ICertificationStore certifications, AwardUsersDialogs dialogs, AwardUsersSteps steps, PlanService plans, OrganisationClock clock)
{
    [Function(nameof(AwardUsersOnPage)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "certifications/{code}/awards/new")] HttpRequest request,
        string code,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        var sent = await PageForm.ReadAsync(request, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (!(await certifications.FindActiveAsync(certificationCode, cancellationToken)).IsDone(out var certification, out var why))
        {
            return Problem.Of(why);
        }

        var form = AwardUsersForm.Of(sent);
        if (sent.Raw("go") == "confirm")
        {
            return await ConfirmAsync(input, certification, form, sent, cancellationToken);
        }

        var next = sent switch
        {
            _ when ReadSource(sent, "add") is var (kind, id) => form.With(kind, id),
            _ when ReadSource(sent, "remove") is var (kind, id) => form.Without(kind, id),
            _ when sent.Raw("go") == "back" => form with { Step = (AwardUsersStep)Math.Max((int)form.Step - 1, 1) },
            _ when sent.Raw("go") == "next" => await steps.GoOnAsync(certification, form, sent, input.Caller.Name, cancellationToken),
            _ when sent.Raw("go") == "take" => await steps.TakeTypedAsync(form, cancellationToken),
            _ => form,
        };
        return await dialogs.ShowAsync(certification, next, sent.Errors, cancellationToken);
    }

    private async Task<IResult> ConfirmAsync(
        HttpInput input, Certification certification, AwardUsersForm form, PageForm sent, CancellationToken cancellationToken)
    {
        if (await dialogs.PlanAsync(certification.Code, form.Plan, cancellationToken) is not { } plan)
        {
            return Problem.Of(JobRejections.NotFound(JobId.TryParse(form.Plan, out var id) ? id : JobId.New(clock.Now)));
        }

        var applied = await plans.ApplyAsync(plan.Job.Id, input.Caller.Name, JobId.New(clock.Now), cancellationToken);
        if (applied.IsDone(out var begun, out var why))
        {
            var isShownHere = begun.Job.IsFinal && begun.IsSmall;
            return HtmxRequests.GoTo(input.Request, isShownHere ? $"/certifications/{certification.Code}/awards?job={begun.Job.Id}" : $"/jobs/{begun.Job.Id}");
        }

        sent.Errors.Add(null, why.Code == ErrorCode.PlanOutdated ? "What it rests on has changed since for some of these people, so nothing was done. This is the new preview." : why.Detail);
        var again = why.Code == ErrorCode.PlanOutdated && !form.IsEmpty ? await PlanAgainAsync(certification, form, sent, input.Caller.Name, cancellationToken) : form;
        return await dialogs.ShowAsync(certification, again, sent.Errors, cancellationToken);
    }

    private async Task<AwardUsersForm> PlanAgainAsync(
        Certification certification, AwardUsersForm form, PageForm sent, string caller, CancellationToken cancellationToken)
    {
        var outdated = sent.WithoutErrors();
        var again = await steps.PlanAsync(certification, form, outdated, caller, cancellationToken);
        return outdated.Errors.IsEmpty ? again : form with { Step = AwardUsersStep.Association };
    }

    /// <returns>Null: no such button was pressed.</returns>
    private static (SourceKind Kind, LmsId Id)? ReadSource(PageForm sent, string button) =>
        sent.Raw(button).Split(':', 2) is [var kindName, var text] && Enum.TryParse<SourceKind>(kindName, ignoreCase: true, out var kind) && LmsId.TryParse(text, out var id)
            ? (kind, id)
            : null;
}
