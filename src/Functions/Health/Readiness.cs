using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CertFunctions.Functions.Health;

/// <summary>Asks all health checks, and keeps what they said for a moment: whoever asks often costs no more than who asks every few seconds.</summary>
public sealed class Readiness(HealthCheckService checks, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    /// <summary>A check that takes longer has failed. All run at once, so that the whole is answered within 4 s (contract, Conventions).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    private readonly SemaphoreSlim one = new(1, 1);
    private (HealthReport Report, DateTimeOffset At)? last;

    /// <param name="cancellationToken">Ends the waiting, not the checks: others wait for them as well.</param>
    public async Task<HealthReport> CheckAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            if (last is not { } kept || time.GetUtcNow() - kept.At >= KeptFor)
            {
                kept = (await checks.CheckHealthAsync(CancellationToken.None), time.GetUtcNow());
                last = kept;
            }

            return kept.Report;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();
}
