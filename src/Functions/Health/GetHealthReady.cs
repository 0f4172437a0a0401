using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CertFunctions.Functions.Health;

/// <summary>
/// Whether work can be done now: 503 when the storage cannot be written or read, else 200; <c>degraded</c> where work is done, but
/// somebody should look at something.
/// </summary>
public sealed class GetHealthReady(Readiness readiness)
{
    [Function(nameof(GetHealthReady)), OpenToAnyone(NeedsStorage = true), AnswersSoon]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health/ready")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (HttpInput.Of(request).Refused(out var problem))
        {
            return problem;
        }

        var report = await readiness.CheckAsync(cancellationToken);
        var problems = report.Entries
            .Where(check => check.Value.Status != HealthStatus.Healthy)
            .OrderBy(check => check.Key, StringComparer.Ordinal)
            .Select(check => new { name = check.Key, detail = check.Value.Exception is null ? check.Value.Description : "This could not be checked." })
            .ToArray();
        return report.Status switch
        {
            HealthStatus.Healthy => Answer.Ok(new { status = "ready", problems }),
            HealthStatus.Degraded => Answer.Ok(new { status = "degraded", problems }),
            _ => Problem.StorageUnavailable($"The storage cannot be written or read: {string.Join("; ", problems.Select(check => $"{check.name} ({check.detail})"))}"),
        };
    }
}
