using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class PutUser(UserService users)
{
    [Function(nameof(PutUser)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/users/{userId}")] HttpRequest request, string userId, CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithBodyAsync(request, cancellationToken);
        var id = input.Id(userId);
        var edit = UserBody.Read(input.Body);
        var precondition = input.Precondition();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await users.PutAsync(id, edit(null), precondition, at: null, input.Actor, cancellationToken);
        return outcome.Answer(put => Answer.Put(put.Created, UserAnswer.Of(put.Value), put.Value.Version));
    }
}
