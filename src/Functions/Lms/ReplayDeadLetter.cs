using CertFunctions.Core.Lms;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Lms;

public sealed class ReplayDeadLetter(DeadLetterService letters, IdempotentPosts posts)
{
    [Function(nameof(ReplayDeadLetter)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/lms/dead-letters/{id}/replay")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithOptionalBodyAsync(request, cancellationToken);
        var letter = input.Route<DeadLetterId>(id, DeadLetterId.TryParse, DeadLetterId.Rule);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return await posts.RunAsync(input, () => id, async _ =>
        {
            var outcome = await letters.ReplayAsync(letter, input.Actor, cancellationToken);
            return outcome.Answer(replayed => Answer.Ok(ReplayAnswer.Of(replayed)));
        }, cancellationToken);
    }
}
