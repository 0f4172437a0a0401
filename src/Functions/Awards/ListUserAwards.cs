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
        var asOf = input.Query.Date("asOf").OrNull();
        if (request.Prefers("text/csv"))
        {
            return await AllAsync(input, id, asOf, cancellationToken);
        }

        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var day = asOf ?? clock.Today;
        var found = await awards.ListOfUserAsync(id, asOf, page, cancellationToken);
        return found.IsDone(out var held, out var why)
            ? await lists.AnswerAsync(input, held, award => AwardAnswer.Of(award, day), cancellationToken)
            : Problem.Of(why);
    }

    /// <summary>All rows: there are no pages, so <c>limit</c> and <c>cursor</c> are unknown parameters.</summary>
    private async Task<IResult> AllAsync(HttpInput input, LmsId id, DateOnly? asOf, CancellationToken cancellationToken)
    {
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await awards.ListOfUserAsync(id, asOf, new PageRequest(Limits.PageSize, null), cancellationToken);
        return found.Answer(first => new AwardsCsv(
            Core.Pages.ReadOnAsync(first, (page, token) => awards.ListHeldByAsync(id, asOf, page, token), cancellationToken),
            asOf ?? clock.Today,
            $"awards-{id}.csv"));
    }
}
