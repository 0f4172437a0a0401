using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Health;

/// <summary>Alive: the worker answers, whatever the storage does.</summary>
public sealed class GetHealth
{
    [Function(nameof(GetHealth)), OpenToAnyone]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request) =>
        HttpInput.Of(request).Refused(out var problem) ? problem : Answer.Ok(new { status = "healthy" });
}
