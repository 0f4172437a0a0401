using CertFunctions.Functions.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CertFunctions.Functions.Health;

/// <summary>What lies in the store is of the version that this app works with.</summary>
internal sealed class SchemaCheck(StoreSchema schema) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await schema.FindAsync(cancellationToken) is { } version and not StoreSchema.Version
            ? new HealthCheckResult(context.Registration.FailureStatus, new SchemaMismatchException(version, StoreSchema.Version).Message)
            : HealthCheckResult.Healthy();
}
