using CertFunctions.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CertFunctions.Functions.Health;

/// <summary>
/// Wires the readiness check: what the storage does decides whether work can be done, all else whether somebody should look. Features add
/// checks of their own.
/// </summary>
internal static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<Readiness>().AddHealthChecks()
            .Add(Storage("tables", probe => probe.TablesAsync))
            .Add(Storage("queues", probe => probe.QueuesAsync))
            .Add(Storage("blobs", probe => probe.BlobsAsync));
        return services
            .AddCheck<SchemaCheck>("schema", HealthStatus.Unhealthy)
            .AddCheck<PoisonMessagesCheck>("poisonMessages")
            .AddCheck<WaitingMessagesCheck>("waitingMessages");
    }

    /// <summary>A check of something that somebody should look at, while work goes on unless it is said otherwise.</summary>
    public static IServiceCollection AddCheck<TCheck>(this IServiceCollection services, string name, HealthStatus ifFailed = HealthStatus.Degraded)
        where TCheck : class, IHealthCheck
    {
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            name, provider => new LateCheck<TCheck>(provider), ifFailed, tags: null, timeout: Readiness.Patience));
        return services;
    }

    private static HealthCheckRegistration Storage(string name, Func<StorageProbe, Func<CancellationToken, Task<IReadOnlyList<string>>>> probe) => new(
        name,
        services => new StorageCheck(probe(services.GetRequiredService<StorageProbe>())),
        HealthStatus.Unhealthy,
        tags: null,
        timeout: Readiness.Patience);
}
