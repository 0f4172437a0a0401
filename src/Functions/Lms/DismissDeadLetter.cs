using CertFunctions.Core.Lms;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Lms;

public sealed class DismissDeadLetter(DeadLetterService letters)
{
    [Function(nameof(DismissDeadLetter)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/webhooks/lms/dead-letters/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var letter = input.Route<DeadLetterId>(id, DeadLetterId.TryParse, DeadLetterId.Rule);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await letters.DismissAsync(letter, input.Actor, cancellationToken);
        return outcome.Answer(_ => Answer.NoContent());
    }
}
