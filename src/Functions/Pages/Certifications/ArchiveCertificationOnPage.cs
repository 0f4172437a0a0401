using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Certifications;

/// <summary>Goes to the archived ones, where the way back is.</summary>
public sealed class ArchiveCertificationOnPage(CertificationService certifications)
{
    [Function(nameof(ArchiveCertificationOnPage)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "certifications/{code}/archive")] HttpRequest request, string code, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var archived = await certifications.ArchiveAsync(certificationCode, Precondition.None, input.Actor, cancellationToken);
        return archived.Answer(_ => HtmxRequests.GoTo(request, "/certifications?status=archived"));
    }
}
