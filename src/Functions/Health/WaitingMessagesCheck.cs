using CertFunctions.Functions.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CertFunctions.Functions.Health;

/// <summary>The first message of each queue has not waited for longer than <see cref="MaxAge"/>: else functions do not run, or not fast enough.</summary>
internal sealed class WaitingMessagesCheck(StorageClients clients, TimeProvider time) : IHealthCheck
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var names = StorageNames.In(typeof(StorageNames.Queues)).Where(name => !StorageNames.IsPoison(name) && name != StorageNames.Queues.Health);
        var ages = await Task.WhenAll(names.Select(AgeAsync));
        var old = ages.Where(queue => queue.Age > MaxAge).Select(queue => $"{queue.Name} for {(int)queue.Age.TotalMinutes} minutes").ToList();
        return old.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"Messages have waited in {string.Join(", ", old)}.");

        async Task<(string Name, TimeSpan Age)> AgeAsync(string name)
        {
            try
            {
                var first = (await clients.Queue(name).PeekMessageAsync(cancellationToken)).Value;
                return (name, first?.InsertedOn is { } since ? time.GetUtcNow() - since : TimeSpan.Zero);
            }
            catch (FormatException)
            {
                // It is not base64: the host is about to move it to the poison queue.
                return (name, TimeSpan.Zero);
            }
        }
    }
}
