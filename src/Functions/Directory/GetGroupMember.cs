using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class GetGroupMember(GroupService groups)
{
    [Function(nameof(GetGroupMember)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/groups/{groupId}/members/{userId}")] HttpRequest request,
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

        var outcome = await groups.FindMemberAsync(group, user, cancellationToken);
        return outcome.Answer(found => Answer.Ok(UserAnswer.Of(found)));
    }
}
