using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Users;

public sealed class ShowUser(UserService users, IBranchStore branches, AwardListService awards, Lists lists, OrganisationClock clock)
{
    [Function(nameof(ShowUser)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "users/{userId}")] HttpRequest request, string userId, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var id = input.Id(userId);
        var asOf = input.Query.Date("asOf").OrNull();
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (!(await users.FindAsync(id, cancellationToken)).IsDone(out var user, out var why))
        {
            return Problem.Of(why);
        }

        var held = await awards.ListHeldByAsync(id, asOf, page, cancellationToken);
        var ended = asOf is null && page.After is null
            ? await awards.ListEndedOfAsync(id, new PageRequest(Limits.PageSize, null), cancellationToken)
            : new Page<ListedAward>([], null);
        var branch = user.BranchId is { } branchId ? await branches.FindAsync(branchId, cancellationToken) : null;
        return PageAnswer.Of<UserView, ShownUserPage>(
            new ShownUserPage(user, branch?.Name, held.Items, ended, asOf, asOf ?? clock.Today, await ListPlace.OfAsync(lists, input, held, cancellationToken)));
    }
}

/// <param name="Branch">Null: in none.</param>
/// <param name="Ended">What they hold no longer; only beside the first page of what they hold now.</param>
/// <param name="AsOf">Null: now.</param>
/// <param name="Day">Today, or the day as of which is asked.</param>
public sealed record ShownUserPage(
    User User, string? Branch, IReadOnlyList<ListedAward> Held, Page<ListedAward> Ended, DateOnly? AsOf, DateOnly Day, ListPlace Place);
