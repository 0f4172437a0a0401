using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awards;

public sealed class ListAllAwards(AllAwardsService awards, Lists lists, OrganisationClock clock)
{
    [Function(nameof(ListAllAwards)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/awards")] HttpRequest request, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.Vary = "Accept";
        var input = HttpInput.Of(request);
        var filter = AwardFilterQuery.Read(input.Query);
        if (request.Prefers("text/csv"))
        {
            return await AllAsync(input, filter, cancellationToken);
        }

        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var today = clock.Today;
        var found = await awards.ListAsync(filter, page, cancellationToken);
        return await lists.AnswerAsync(input, found, award => AwardAnswer.Of(award, today), cancellationToken);
    }

    /// <summary>All rows: there are no pages, so <c>limit</c> and <c>cursor</c> are unknown parameters.</summary>
    private async Task<IResult> AllAsync(HttpInput input, AwardFilter filter, CancellationToken cancellationToken)
    {
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var first = await awards.ListAsync(filter, new PageRequest(Limits.PageSize, null), cancellationToken);
        return new AwardsCsv(Core.Pages.ReadOnAsync(first, (page, token) => awards.ListAsync(filter, page, token), cancellationToken), clock.Today, "awards.csv");
    }
}
