using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awards;

public sealed class GetAward(AwardService awards, OrganisationClock clock)
{
    [Function(nameof(GetAward)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/certifications/{code}/awards/{userId}")] HttpRequest request,
        string code,
        string userId,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var certificationCode = input.Code(code);
        var id = input.Id(userId);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await awards.FindAsync(certificationCode, id, cancellationToken);
        return found.Answer(award => AwardAnswers.Ok(award, clock.Today));
    }
}
