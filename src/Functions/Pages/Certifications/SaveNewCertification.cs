using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Certifications;

public sealed class SaveNewCertification(CertificationService certifications)
{
    private static readonly Precondition MustBeNew = new(null, Exists: false);

    [Function(nameof(SaveNewCertification)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "certifications/new")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var form = await PageForm.ReadAsync(request, cancellationToken);
        var code = form.Value<CertificationCode>("code", "Code", CertificationCode.TryParse, CertificationCode.Rule, isRequired: true);
        var edit = CertificationForm.ReadEdit(form);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (form.Errors.IsEmpty)
        {
            var put = await certifications.PutAsync(code!, edit, MustBeNew, input.Actor, cancellationToken);
            if (put.IsDone(out _, out var why))
            {
                return HtmxRequests.GoTo(request, "/certifications");
            }

            form.Errors.Add("code", why.Kind == RejectionKind.VersionConflict ? "Code names a certification that exists already; it may be archived." : why.Detail);
        }

        return PageAnswer.Of<CertificationDialog, CertificationDialogModel>(new(CertificationForm.Of(form), form.Errors, IsNew: true), StatusCodes.Status422UnprocessableEntity);
    }
}
