using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Awards;

public sealed class SaveAward(AwardService awards, EditAwardDialogs dialogs)
{
    [Function(nameof(SaveAward)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "certifications/{code}/awards/{userId}/edit")] HttpRequest request,
        string code,
        string userId,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        var id = input.Id(userId);
        var form = await PageForm.ReadAsync(request, cancellationToken);
        var reason = AwardFields.ReadReason(form);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (!(await awards.FindAsync(certificationCode, id, cancellationToken)).IsDone(out var award, out var why))
        {
            return Problem.Of(why);
        }

        var asked = AwardEditTerms.Read(form, award.Award);
        if (form.Raw("go") == "check" || !form.Errors.IsEmpty)
        {
            return await dialogs.CheckAsync(award, form, asked, cancellationToken);
        }

        var seen = new Precondition([form.Raw("version")], Exists: true);
        var saved = await awards.EditAsync(certificationCode, id, new AwardEdit(_ => asked, reason), seen, input.Caller.Name, cancellationToken);
        return saved.IsDone(out _, out why) ? HtmxRequests.GoTo(request, $"/certifications/{award.Certification.Code}/awards")
            : why.Kind == RejectionKind.NotFound ? Problem.Of(why)
            : await RefuseAsync(award, form, why, cancellationToken);
    }

    private async Task<IResult> RefuseAsync(ListedAward award, PageForm form, Rejection why, CancellationToken cancellationToken)
    {
        var isChanged = why.Kind == RejectionKind.VersionConflict;
        if (isChanged)
        {
            form.Errors.Add(null, "Somebody else has changed this award since you opened it.");
        }
        else
        {
            form.Errors.Add(AwardFields.OfFields(why), AwardFields.Labels);
        }

        return await dialogs.AgainAsync(award, form, wanted: null, isChanged, cancellationToken);
    }
}
