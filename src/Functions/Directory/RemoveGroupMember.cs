using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class RemoveGroupMember(GroupService groups)
{
    [Function(nameof(RemoveGroupMember)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/groups/{groupId}/members/{userId}")] HttpRequest request,
        string groupId,
        string userId,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var group = input.Id(groupId);
        var user = input.Id(userId);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await groups.RemoveMemberAsync(group, user, at: null, input.Actor, cancellationToken);
        return outcome.Answer(_ => Answer.NoContent());
    }
}
