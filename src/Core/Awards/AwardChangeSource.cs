using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awards;

/// <summary>Who changes awards, when, and on whose behalf: read once, so that a redelivery writes the same rows.</summary>
public sealed record AwardChangeSource(string By, DateTimeOffset At, JobId? JobId, AwardOrigin? Origin)
{
    public AwardChange Change(AwardChangeType type, string? reason) => new(type, At, By, reason, Origin);
}
