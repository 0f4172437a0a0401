using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Certifications;

public sealed class ShowNewCertification
{
    [Function(nameof(ShowNewCertification)), Needs(CallerRole.Superadmin), ForBrowsers]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "certifications/new")] HttpRequest request) =>
        HttpInput.OfPage(request).Refused(out var problem)
            ? problem
            : PageAnswer.Of<CertificationDialog, CertificationDialogModel>(new(new CertificationForm(), FieldErrors.None, IsNew: true));
}
