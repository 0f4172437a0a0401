using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CertFunctions.Functions.Health;

/// <summary>Healthy unless the probe throws: what that makes of the whole is said where the check is registered.</summary>
internal sealed class StorageCheck(Func<CancellationToken, Task> probe) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await probe(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
