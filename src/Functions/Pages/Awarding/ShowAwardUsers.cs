using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Awarding;

/// <summary>The dialog with nobody chosen yet, or with those that the address names.</summary>
public sealed class ShowAwardUsers(ICertificationStore certifications, AwardUsersDialogs dialogs, OrganisationClock clock)
{
    [Function(nameof(ShowAwardUsers)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "certifications/{code}/awards/new")] HttpRequest request,
        string code,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        var form = AwardUsersForm.New(clock.Today)
            .WithChosen(SourceKind.Users, input.Query.Ids("users"))
            .WithChosen(SourceKind.Groups, input.Query.Ids("groups"))
            .WithChosen(SourceKind.Branches, input.Query.Ids("branches"));
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return (await certifications.FindActiveAsync(certificationCode, cancellationToken)).IsDone(out var certification, out var why)
            ? await dialogs.ShowAsync(certification, form, FieldErrors.None, cancellationToken)
            : Problem.Of(why);
    }
}
