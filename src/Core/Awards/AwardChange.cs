namespace CertFunctions.Core.Awards;

/// <summary>What made a version of an award.</summary>
public sealed record AwardChange(AwardChangeType Type, DateTimeOffset At, string By, string? Reason, AwardOrigin? Origin);

public enum AwardChangeType
{
    Awarded,
    Renewed,
    Updated,
    Revoked,
    Restored,
}

/// <summary>Where a change came from; every member is null for a change by hand.</summary>
public sealed record AwardOrigin(JobId? JobId = null, string? File = null, int? Line = null, string? MessageId = null, string? Event = null);
