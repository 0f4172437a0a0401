using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class ListUsers(UserService users, Lists lists)
{
    [Function(nameof(ListUsers))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/users")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var search = input.Query.Text("search").OrNull();
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await users.ListAsync(search, page, cancellationToken);
        return await lists.AnswerAsync(input, found, UserAnswer.Of, cancellationToken);
    }
}
