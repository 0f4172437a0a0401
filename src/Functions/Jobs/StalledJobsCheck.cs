using CertFunctions.Core.Jobs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CertFunctions.Functions.Jobs;

/// <summary>No job has made no progress for longer than <see cref="MaxStall"/>, as the sweeper sees it, who looks once a minute.</summary>
internal sealed class StalledJobsCheck(IJobStore jobs, TimeProvider time) : IHealthCheck
{
    public static readonly TimeSpan MaxStall = TimeSpan.FromMinutes(10);

    /// <summary>Of many jobs at once the oldest are looked at, which are last by id: the check is asked often.</summary>
    public const int MaxJobs = 20;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var active = await jobs.ListActiveAsync(cancellationToken).ToListAsync(cancellationToken);
        var found = await Task.WhenAll(active.TakeLast(MaxJobs).Select(id => jobs.FindAsync(id, cancellationToken)));
        var before = time.GetUtcNow() - MaxStall;
        var stalled = found.OfType<StoredJob>().Count(stored => stored.Job.StalledSince < before);
        return stalled == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"Jobs without progress for more than {MaxStall.TotalMinutes} minutes: {stalled}.");
    }
}
