using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Certifications;

public sealed class ArchiveCertification(CertificationService certifications)
{
    [Function(nameof(ArchiveCertification)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/certifications/{code}")] HttpRequest request, string code, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var certification = input.Code(code);
        var precondition = input.Precondition();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await certifications.ArchiveAsync(certification, precondition, input.Actor, cancellationToken);
        return outcome.Answer(_ => Answer.NoContent());
    }
}
