using CertFunctions.Core.Lms;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CertFunctions.Functions.Lms;

/// <summary>No dead letter is older than <see cref="MaxAge"/>: somebody replays or dismisses them.</summary>
internal sealed class OldDeadLettersCheck(IDeadLetterStore letters, TimeProvider time) : IHealthCheck
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await letters.AnyBeforeAsync(time.GetUtcNow() - MaxAge, cancellationToken)
            ? HealthCheckResult.Degraded("Dead letters of the LMS have waited for more than a day.")
            : HealthCheckResult.Healthy();
}
