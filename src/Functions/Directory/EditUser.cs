using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class EditUser(UserService users)
{
    [Function(nameof(EditUser)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/users/{userId}")] HttpRequest request, string userId, CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithPatchAsync(request, cancellationToken);
        var id = input.Id(userId);
        var edit = UserBody.Read(input.Body);
        var precondition = input.Precondition();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await users.EditAsync(id, edit, precondition, input.Actor, cancellationToken);
        return outcome.Answer(edited => Answer.Ok(UserAnswer.Of(edited.Value), edited.Value.Version));
    }
}
