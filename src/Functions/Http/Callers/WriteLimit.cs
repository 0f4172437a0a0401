using System.Threading.RateLimiting;
using CertFunctions.Core;
using Microsoft.Extensions.Configuration;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>
/// How many writes a caller may send in any minute (setting <c>Limits__WritesPerMinute</c>; 0 = off, as in Development unless it is set).
/// Each instance counts for itself.
/// </summary>
internal sealed class WriteLimit : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>So that a caller who has used up the minute gets some of it back after ten seconds.</summary>
    private const int Segments = 6;

    private readonly PartitionedRateLimiter<string>? limiter;

    public WriteLimit(IConfiguration settings)
    {
        var writes = PerMinute(settings);
        limiter = writes == 0 ? null : PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetSlidingWindowLimiter(
            caller,
            _ => new SlidingWindowRateLimiterOptions { PermitLimit = writes, Window = Window, SegmentsPerWindow = Segments, QueueLimit = 0 }));
    }

    /// <exception cref="StartException">The setting is no number.</exception>
    public static int PerMinute(IConfiguration settings) =>
        WholeNumberSetting.Read(settings, "Limits:WritesPerMinute") ?? (HostingEnvironment.IsDevelopment(settings) ? 0 : Limits.WritesPerMinute);

    /// <returns>Null: go ahead; else how long to wait.</returns>
    public TimeSpan? Take(Caller caller)
    {
        using var lease = limiter?.AttemptAcquire(caller.Name);
        return lease is null or { IsAcquired: true } ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero ? wait : Window / Segments;
    }

    public void Dispose() => limiter?.Dispose();
}
