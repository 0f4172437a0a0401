using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class PutUser(UserService users)
{
    [Function(nameof(PutUser))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/users/{userId}")] HttpRequest request, string userId, CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithBodyAsync(request, cancellationToken);
        var id = input.Id(userId);
        var edit = new UserEdit(
            input.Body.Text("username", 1, Limits.UsernameLength).Required(),
            input.Body.Text("firstName", 0, Limits.NameLength).Required(),
            input.Body.Text("lastName", 0, Limits.NameLength).Required(),
            input.Body.Text("email", 1, Limits.EmailLength).OrNull(),
            input.Body.Id("branchId").OrNull(),
            input.Body.Boolean("active").OrNull());
        input.Body.ReadOnly("userId", "createdAt", "updatedAt");
        var precondition = input.Precondition();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await users.PutAsync(id, edit, precondition, at: null, cancellationToken);
        return outcome.Answer(put => Answer.Put(put.Created, UserAnswer.Of(put.Value), put.Value.Version));
    }
}
