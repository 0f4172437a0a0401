using CertFunctions.Core.Completions;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Completions;

public sealed class CompleteExternalTraining(ExternalCompletionService completions, IdempotentPosts posts)
{
    [Function(nameof(CompleteExternalTraining)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/external-trainings/{trainingId}/completions")] HttpRequest request,
        string trainingId,
        CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithBodyAsync(request, cancellationToken);
        var id = input.Id(trainingId);
        var userId = input.Body.Id("userId").Required();
        var completedOn = input.Body.Date("completedOn").Required();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        // The reserved id is of no use: the same completion again changes nothing.
        return await posts.RunAsync(
            input,
            () => Guid.NewGuid().ToString("n"),
            async _ =>
            {
                var outcome = await completions.CompleteAsync(id, userId, completedOn, input.Caller.Name, cancellationToken);
                return outcome.Answer(awards => Answer.Ok(ExternalCompletionAnswer.Of(id, userId, completedOn, awards)));
            },
            cancellationToken);
    }
}
