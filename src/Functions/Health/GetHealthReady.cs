using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using CertFunctions.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Health;

/// <summary>Whether work can be done now: 200 when the storage answers, else 503.</summary>
public sealed class GetHealthReady(StorageProbe storage)
{
    [Function(nameof(GetHealthReady)), OpenToAnyone, AnswersSoon]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health/ready")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (HttpInput.Of(request).Refused(out var problem))
        {
            return problem;
        }

        await storage.CheckAsync(cancellationToken);
        return Answer.Ok(new { status = "ready" });
    }
}
