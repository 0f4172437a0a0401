using CertFunctions.Core.Awards;
using CertFunctions.Functions.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awards;

public sealed class ListNonHolders(NonHolderService nonHolders, Lists lists)
{
    [Function(nameof(ListNonHolders)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/certifications/{code}/missing")] HttpRequest request,
        string code,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var certification = input.Code(code);
        var (branch, group) = (input.Query.Id("branch").OrNull(), input.Query.Id("group").OrNull());
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await nonHolders.ListAsync(certification, branch, group, page, cancellationToken);
        return outcome.IsDone(out var found, out var why)
            ? await lists.AnswerAsync(input, found, UserAnswer.Of, cancellationToken)
            : Problem.Of(why);
    }
}
