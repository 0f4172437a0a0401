using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class DeleteGroup(GroupService groups)
{
    [Function(nameof(DeleteGroup)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/groups/{groupId}")] HttpRequest request, string groupId, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var id = input.Id(groupId);
        var precondition = input.Precondition();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await groups.DeleteAsync(id, precondition, input.Actor, cancellationToken);
        return outcome.Answer(_ => Answer.NoContent());
    }
}
