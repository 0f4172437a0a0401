using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Certifications;

public sealed class SaveCertification(CertificationService certifications)
{
    [Function(nameof(SaveCertification)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "certifications/{code}/edit")] HttpRequest request, string code, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        var form = await PageForm.ReadAsync(request, cancellationToken);
        var edit = CertificationForm.ReadEdit(form);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var typed = CertificationForm.Of(form) with { Code = certificationCode.Value };
        if (!form.Errors.IsEmpty)
        {
            return Again(new(typed, form.Errors, IsNew: false));
        }

        var saved = await certifications.EditAsync(certificationCode, edit, new Precondition([typed.Version], Exists: true), input.Actor, cancellationToken);
        return saved.IsDone(out _, out var why) ? HtmxRequests.GoTo(request, "/certifications")
            : why.Kind == RejectionKind.VersionConflict ? await ShowChangeAsync(certificationCode, typed, cancellationToken)
            : Problem.Of(why);
    }

    private async Task<IResult> ShowChangeAsync(CertificationCode code, CertificationForm typed, CancellationToken cancellationToken)
    {
        var found = await certifications.FindAsync(code, cancellationToken);
        return found.Answer(now =>
        {
            var current = CertificationForm.Of(now.Certification);
            var errors = new FieldErrors();
            errors.Add(null, "Somebody else has changed the certification since you opened it.");
            return Again(new(typed with { Version = current.Version }, errors, IsNew: false, now.Certification));
        });
    }

    private static PageAnswer Again(CertificationDialogModel model) =>
        PageAnswer.Of<CertificationDialog, CertificationDialogModel>(model, StatusCodes.Status422UnprocessableEntity);
}
