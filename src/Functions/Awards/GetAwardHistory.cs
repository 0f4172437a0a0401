using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awards;

public sealed class GetAwardHistory(AwardService awards, Lists lists)
{
    [Function(nameof(GetAwardHistory)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/certifications/{code}/awards/{userId}/history")] HttpRequest request,
        string code,
        string userId,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var certificationCode = input.Code(code);
        var id = input.Id(userId);
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await awards.ListVersionsAsync(certificationCode, id, page, cancellationToken);
        return found.IsDone(out var versions, out var why)
            ? await lists.AnswerAsync(input, versions, AwardVersionAnswer.Of, cancellationToken)
            : Problem.Of(why);
    }
}
