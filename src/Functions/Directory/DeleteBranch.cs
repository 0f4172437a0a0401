using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class DeleteBranch(BranchService branches)
{
    [Function(nameof(DeleteBranch)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/branches/{branchId}")] HttpRequest request, string branchId, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var id = input.Id(branchId);
        var precondition = input.Precondition();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await branches.DeleteAsync(id, precondition, input.Actor, cancellationToken);
        return outcome.Answer(_ => Answer.NoContent());
    }
}
