using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awards;

public sealed class ListUserAwards(AwardListService awards, Lists lists, OrganisationClock clock)
{
    [Function(nameof(ListUserAwards)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/users/{userId}/awards")] HttpRequest request,
        string userId,
        CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.Vary = "Accept";
        var input = HttpInput.Of(request);
        var id = input.Id(userId);
        if (request.Prefers("text/csv"))
        {
            return await AllAsync(input, id, cancellationToken);
        }

        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var today = clock.Today;
        var found = await awards.ListOfUserAsync(id, page, cancellationToken);
        return found.IsDone(out var held, out var why)
            ? await lists.AnswerAsync(input, held, award => AwardAnswer.Of(award, today), cancellationToken)
            : Problem.Of(why);
    }

    /// <summary>All rows: there are no pages, so <c>limit</c> and <c>cursor</c> are unknown parameters.</summary>
    private async Task<IResult> AllAsync(HttpInput input, LmsId id, CancellationToken cancellationToken)
    {
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await awards.ListOfUserAsync(id, new PageRequest(Limits.PageSize, null), cancellationToken);
        return found.Answer(first => new AwardsCsv(
            Core.Pages.ReadOnAsync(first, (page, token) => awards.ListHeldByAsync(id, page, token), cancellationToken), clock.Today, $"awards-{id}.csv"));
    }
}
