using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class ListBranches(BranchService branches, Lists lists)
{
    [Function(nameof(ListBranches)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/branches")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await branches.ListAsync(page, cancellationToken);
        return await lists.AnswerAsync(input, found, BranchAnswer.Of, cancellationToken);
    }
}
