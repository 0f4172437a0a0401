using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Certifications;

public sealed class ShowAwardRetroactively(CertificationService certifications)
{
    [Function(nameof(ShowAwardRetroactively)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "certifications/{code}/award-retroactively")] HttpRequest request,
        string code,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await certifications.FindAsync(certificationCode, cancellationToken);
        return found.Answer(awarded => PageAnswer.Of<RetroactiveDialog, Certification>(awarded.Certification));
    }
}
