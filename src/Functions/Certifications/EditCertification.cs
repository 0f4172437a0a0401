using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Certifications;

public sealed class EditCertification(CertificationService certifications)
{
    [Function(nameof(EditCertification)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/certifications/{code}")] HttpRequest request, string code, CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithPatchAsync(request, cancellationToken);
        var certification = input.Code(code);
        var edit = CertificationBody.ReadWithStatus(input.Body);
        var precondition = input.Precondition();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await certifications.EditAsync(certification, edit, precondition, input.Actor, cancellationToken);
        return outcome.Answer(edited => Answer.Ok(CertificationAnswer.Of(edited.Value), edited.Value.Certification.Version));
    }
}
