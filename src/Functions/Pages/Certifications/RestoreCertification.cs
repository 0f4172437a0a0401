using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Certifications;

public sealed class RestoreCertification(CertificationService certifications)
{
    [Function(nameof(RestoreCertification)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "certifications/{code}/restore")] HttpRequest request, string code, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var restored = await certifications.EditAsync(
            certificationCode, former => former with { Status = CertificationStatus.Active }, Precondition.None, input.Actor, cancellationToken);
        return restored.Answer(_ => HtmxRequests.GoTo(request, "/certifications"));
    }
}
