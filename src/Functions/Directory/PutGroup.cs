using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class PutGroup(GroupService groups)
{
    [Function(nameof(PutGroup)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/groups/{groupId}")] HttpRequest request, string groupId, CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithBodyAsync(request, cancellationToken);
        var id = input.Id(groupId);
        var name = input.Body.Text("name", TextRule.Name).Required();
        input.Body.ReadOnly("id", "members", "createdAt", "updatedAt");
        var precondition = input.Precondition();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await groups.PutAsync(id, name, precondition, input.Actor, cancellationToken);
        if (!outcome.IsDone(out var put, out var why))
        {
            return Problem.Of(why);
        }

        var counted = await groups.CountedAsync(put.Value, cancellationToken);
        return Answer.Put(put.Created, CountedGroupAnswer.Of(counted), put.Value.Version);
    }
}
