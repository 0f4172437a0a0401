using CertFunctions.Functions.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CertFunctions.Functions.Health;

/// <summary>Nothing lies in a poison queue: the app empties them itself, so what stays there is stuck or comes in faster than it is given up.</summary>
internal sealed class PoisonMessagesCheck(QueueProbe queues) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var found = await queues.ReadPoisonAsync(cancellationToken);
        var some = found.Where(poison => poison.Messages > 0).Select(poison => $"{poison.Messages} in {poison.Queue}").ToList();
        return some.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"Messages that nobody could process: {string.Join(", ", some)}.");
    }
}
