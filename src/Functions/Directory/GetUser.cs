using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class GetUser(UserService users)
{
    [Function(nameof(GetUser)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/users/{userId}")] HttpRequest request, string userId, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var id = input.Id(userId);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await users.FindAsync(id, cancellationToken);
        return outcome.Answer(found => Answer.Ok(UserAnswer.Of(found), found.Version));
    }
}
