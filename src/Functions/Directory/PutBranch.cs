using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class PutBranch(BranchService branches)
{
    [Function(nameof(PutBranch)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/branches/{branchId}")] HttpRequest request, string branchId, CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithBodyAsync(request, cancellationToken);
        var id = input.Id(branchId);
        var name = input.Body.Text("name", TextRule.Name).Required();
        var parent = input.Body.Id("parentId").OrNull();
        input.Body.ReadOnly("id", "createdAt", "updatedAt");
        var precondition = input.Precondition();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await branches.PutAsync(id, name, parent, precondition, input.Actor, cancellationToken);
        return outcome.Answer(put => Answer.Put(put.Created, BranchAnswer.Of(put.Value), put.Value.Version));
    }
}
