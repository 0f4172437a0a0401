using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class PutGroupMember(GroupService groups)
{
    [Function(nameof(PutGroupMember)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/groups/{groupId}/members/{userId}")] HttpRequest request,
        string groupId,
        string userId,
        CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithOptionalBodyAsync(request, cancellationToken);
        var group = input.Id(groupId);
        var user = input.Id(userId);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await groups.AddMemberAsync(group, user, at: null, input.Actor, cancellationToken);
        return outcome.Answer(_ => Answer.NoContent());
    }
}
