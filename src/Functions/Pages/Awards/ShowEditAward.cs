using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Awards;

public sealed class ShowEditAward(AwardService awards, EditAwardDialogs dialogs)
{
    [Function(nameof(ShowEditAward)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "certifications/{code}/awards/{userId}/edit")] HttpRequest request,
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

        return (await awards.FindAsync(certificationCode, id, cancellationToken)).IsDone(out var award, out var why)
            ? await dialogs.ShowAsync(award, cancellationToken)
            : Problem.Of(why);
    }
}
