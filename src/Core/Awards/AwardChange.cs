using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Awards;

/// <summary>What made a version of an award.</summary>
public sealed record AwardChange(AwardChangeType Type, DateTimeOffset At, string By, string? Reason, Origin? Origin);

public enum AwardChangeType
{
    Awarded,
    Renewed,
    Updated,
    Revoked,
    Restored,
}
