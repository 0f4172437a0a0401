using CertFunctions.Functions.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CertFunctions.Functions.Health;

/// <summary>Nothing lies in a poison queue: the app empties them itself, so what stays there is stuck or comes in faster than it is given up.</summary>
internal sealed class PoisonMessagesCheck(StorageClients clients) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var found = await Task.WhenAll(StorageNames.In(typeof(StorageNames.Queues)).Where(StorageNames.IsPoison).Select(CountAsync));
        var some = found.Where(queue => queue.Count > 0).Select(queue => $"{queue.Count} in {queue.Name}").ToList();
        return some.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"Messages that nobody could process: {string.Join(", ", some)}.");

        async Task<(string Name, int Count)> CountAsync(string name) =>
            (name, (await clients.Queue(name).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount);
    }
}
