using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Certifications;

public sealed class PutCertification(CertificationService certifications)
{
    [Function(nameof(PutCertification)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/certifications/{code}")] HttpRequest request, string code, CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithBodyAsync(request, cancellationToken);
        var certification = input.Code(code);
        var edit = CertificationBody.Read(input.Body);
        input.Body.ReadOnly("status");
        var precondition = input.Precondition();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await certifications.PutAsync(certification, edit, precondition, input.Actor, cancellationToken);
        return outcome.Answer(put => Answer.Put(put.Created, CertificationAnswer.Of(put.Value), put.Value.Certification.Version));
    }
}
