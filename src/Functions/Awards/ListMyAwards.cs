using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awards;

public sealed class ListMyAwards(AwardListService awards, Lists lists, OrganisationClock clock)
{
    [Function(nameof(ListMyAwards)), Needs(CallerRole.Learner)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/me/awards")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        // Whoever is signed in but is no user of the LMS holds nothing.
        var held = input.Caller.UserId is { } userId
            ? await awards.ListHeldByAsync(userId, asOf: null, page, cancellationToken)
            : new Page<ListedAward>([], null);
        var today = clock.Today;
        return await lists.AnswerAsync(input, held, award => AwardAnswer.Of(award, today), cancellationToken);
    }
}
