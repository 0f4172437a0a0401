using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class ListGroupMembers(GroupService groups, Lists lists)
{
    [Function(nameof(ListGroupMembers)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/groups/{groupId}/members")] HttpRequest request, string groupId, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var id = input.Id(groupId);
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return await groups.ListMembersAsync(id, page, cancellationToken) switch
        {
            Outcome<Page<User>>.Rejected { Why: var why } => Problem.Of(why),
            Outcome<Page<User>>.Done { Value: var found } => await lists.AnswerAsync(input, found, UserAnswer.Of, cancellationToken),
            _ => throw new InvalidOperationException("Done and rejected are all there is."),
        };
    }
}
