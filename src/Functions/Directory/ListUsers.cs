using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class ListUsers(UserListService users, Lists lists)
{
    [Function(nameof(ListUsers)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/users")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var filter = new UserFilter(
            input.Query.Text("search").OrNull(), input.Query.Id("branch").OrNull(), input.Query.Boolean("active").OrNull());
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await users.ListAsync(filter, page, cancellationToken);
        return outcome.IsDone(out var found, out var why)
            ? await lists.AnswerAsync(input, found, UserAnswer.Of, cancellationToken)
            : Problem.Of(why);
    }
}
