using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Users;

public sealed class ShowUsers(UserListService users, Lists lists)
{
    [Function(nameof(ShowUsers)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "users")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var search = input.Query.Text("search").OrNull();
        var shown = input.Query.OneOf<UsersShown>("status").Or(UsersShown.All);
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        bool? active = shown == UsersShown.All ? null : shown == UsersShown.Active;
        var listed = await users.ListAsync(new UserFilter(search, Branch: null, active), page, cancellationToken);
        return listed.IsDone(out var found, out var why)
            ? PageAnswer.Of<UsersView, UserList>(new UserList(found.Items, search ?? "", shown, await ListPlace.OfAsync(lists, input, found, cancellationToken)))
            : Problem.Of(why);
    }
}

public enum UsersShown
{
    All,
    Active,
    Deactivated,
}

/// <param name="Search">As it was asked for; empty: all.</param>
public sealed record UserList(IReadOnlyList<User> Items, string Search, UsersShown Shown, ListPlace Place);
