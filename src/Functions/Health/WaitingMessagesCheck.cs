using CertFunctions.Functions.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CertFunctions.Functions.Health;

/// <summary>The first message of each queue has not waited for longer than <see cref="MaxAge"/>: else functions do not run, or not fast enough.</summary>
internal sealed class WaitingMessagesCheck(QueueProbe queues) : IHealthCheck
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var found = await queues.ReadAgesAsync(cancellationToken);
        var old = found.Where(first => first.Age > MaxAge).Select(first => $"{first.Queue} for {(int)first.Age.TotalMinutes} minutes").ToList();
        return old.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"Messages have waited in {string.Join(", ", old)}.");
    }
}
