using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Users;

/// <summary>What the signed-in person holds: nothing, where the LMS does not know them.</summary>
public sealed class ShowMe(AwardListService awards, Lists lists, OrganisationClock clock)
{
    [Function(nameof(ShowMe)), Needs(CallerRole.Learner), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var held = input.Caller.UserId is { } userId ? await awards.ListHeldByAsync(userId, asOf: null, page, cancellationToken) : new Page<ListedAward>([], null);
        return PageAnswer.Of<MeView, OwnAwards>(new OwnAwards(held.Items, clock.Today, await ListPlace.OfAsync(lists, input, held, cancellationToken)));
    }
}

public sealed record OwnAwards(IReadOnlyList<ListedAward> Held, DateOnly Today, ListPlace Place);
