using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awards;

public sealed class EditAward(AwardService awards, OrganisationClock clock)
{
    [Function(nameof(EditAward)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/certifications/{code}/awards/{userId}")] HttpRequest request,
        string code,
        string userId,
        CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithPatchAsync(request, cancellationToken);
        var certificationCode = input.Code(code);
        var id = input.Id(userId);
        var edit = AwardEditBody.Read(input.Body);
        var precondition = input.Precondition();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var edited = await awards.EditAsync(certificationCode, id, edit, precondition, input.Caller.Name, cancellationToken);
        return edited.Answer(award => AwardAnswers.Ok(award.Value, clock.Today));
    }
}
