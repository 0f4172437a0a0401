using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Certifications;

public sealed class GetCertification(CertificationService certifications)
{
    [Function(nameof(GetCertification)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/certifications/{code}")] HttpRequest request, string code, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var certification = input.Code(code);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await certifications.FindAsync(certification, cancellationToken);
        return outcome.Answer(found => Answer.Ok(CertificationAnswer.Of(found), found.Certification.Version));
    }
}
