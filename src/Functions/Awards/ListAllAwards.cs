using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awards;

public sealed class ListAllAwards(AllAwardsService awards, Lists lists, OrganisationClock clock)
{
    [Function(nameof(ListAllAwards))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/awards")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var filter = AwardFilterQuery.Read(input.Query);
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var today = clock.Today;
        var found = await awards.ListAsync(filter, page, cancellationToken);
        return await lists.AnswerAsync(input, found, award => AwardAnswer.Of(award, today), cancellationToken);
    }
}
