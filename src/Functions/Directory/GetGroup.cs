using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class GetGroup(GroupService groups)
{
    [Function(nameof(GetGroup)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/groups/{groupId}")] HttpRequest request, string groupId, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var id = input.Id(groupId);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await groups.FindAsync(id, cancellationToken);
        return outcome.Answer(found => Answer.Ok(CountedGroupAnswer.Of(found), found.Group.Version));
    }
}
