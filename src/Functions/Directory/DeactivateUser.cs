using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

/// <summary>A user is never deleted: awards and history stay.</summary>
public sealed class DeactivateUser(UserService users)
{
    [Function(nameof(DeactivateUser)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/users/{userId}")] HttpRequest request, string userId, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var id = input.Id(userId);
        var precondition = input.Precondition();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await users.DeactivateAsync(id, precondition, input.Actor, cancellationToken);
        return outcome.Answer(_ => Answer.NoContent());
    }
}
