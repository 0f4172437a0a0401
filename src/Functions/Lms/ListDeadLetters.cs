using CertFunctions.Core.Lms;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Lms;

public sealed class ListDeadLetters(DeadLetterService letters, Lists lists)
{
    [Function(nameof(ListDeadLetters)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/webhooks/lms/dead-letters")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var errorCode = input.Query.Text("errorCode").OrNull();
        var @event = input.Query.Text("event").OrNull();
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await letters.ListAsync(errorCode, @event, page, cancellationToken);
        return await lists.AnswerAsync(input, found, DeadLetterAnswer.Of, cancellationToken);
    }
}
