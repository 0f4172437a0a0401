using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class GetBranch(BranchService branches)
{
    [Function(nameof(GetBranch)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/branches/{branchId}")] HttpRequest request, string branchId, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var id = input.Id(branchId);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await branches.FindAsync(id, cancellationToken);
        return outcome.Answer(found => Answer.Ok(BranchAnswer.Of(found), found.Version));
    }
}
