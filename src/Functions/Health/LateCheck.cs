using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CertFunctions.Functions.Health;

/// <summary>
/// A check that is made only when it is its turn. The framework makes checks where their exceptions are nobody's, and one that wants a
/// storage which is badly configured cannot be made.
/// </summary>
internal sealed class LateCheck<TCheck>(IServiceProvider services) : IHealthCheck
    where TCheck : class, IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        ActivatorUtilities.GetServiceOrCreateInstance<TCheck>(services).CheckHealthAsync(context, cancellationToken);
}
