using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CertFunctions.Functions.Health;

/// <summary>Healthy where the probe finds all that must be there, and can use it.</summary>
/// <param name="probe">Answers what is missing, and throws where the storage does not do what it is asked to.</param>
internal sealed class StorageCheck(Func<CancellationToken, Task<IReadOnlyList<string>>> probe) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        return await probe(cancellationToken) is { Count: > 0 } missing
            ? new HealthCheckResult(context.Registration.FailureStatus, $"missing: {string.Join(", ", missing)}")
            : HealthCheckResult.Healthy();
    }
}
