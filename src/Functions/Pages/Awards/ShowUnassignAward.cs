using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Awards;

public sealed class ShowUnassignAward(AwardService awards)
{
    [Function(nameof(ShowUnassignAward)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "certifications/{code}/awards/{userId}/unassign")] HttpRequest request,
        string code,
        string userId,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        var id = input.Id(userId);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await awards.FindAsync(certificationCode, id, cancellationToken);
        return found.Answer(award => PageAnswer.Of<UnassignDialog, UnassignModel>(new(award, "", FieldErrors.None)));
    }
}
