using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awards;

public sealed class ListUserAwards(AwardListService awards, Lists lists, OrganisationClock clock)
{
    [Function(nameof(ListUserAwards))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/users/{userId}/awards")] HttpRequest request,
        string userId,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var id = input.Id(userId);
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
}
