using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Awards;

public sealed class ShowAwardHistory(AwardService awards, UserService users, Lists lists)
{
    [Function(nameof(ShowAwardHistory)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "certifications/{code}/awards/{userId}/history")] HttpRequest request,
        string code,
        string userId,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        var id = input.Id(userId);
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (!(await awards.ListVersionsAsync(certificationCode, id, page, cancellationToken)).IsDone(out var versions, out var why)
            || !(await users.FindAsync(id, cancellationToken)).IsDone(out var user, out why))
        {
            return Problem.Of(why);
        }

        return PageAnswer.Of<AwardHistoryView, AwardHistory>(
            new AwardHistory(user, versions.Items, await ListPlace.OfAsync(lists, input, versions, cancellationToken)));
    }
}

/// <param name="Versions">Newest first.</param>
public sealed record AwardHistory(User User, IReadOnlyList<Award> Versions, ListPlace Place);
