using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Awards;

/// <summary>What the audit says of a change of one award.</summary>
public static class AwardAudit
{
    /// <param name="now">When it is written: a webhook's award is dated by its message.</param>
    /// <returns>Null where the award stays, or is only shown under another name.</returns>
    public static AuditEntry? EntryOf(AwardWrite write, DateTimeOffset now)
    {
        if (write.After is not { } after || after.Version == write.Before?.Award.Version)
        {
            return null;
        }

        var change = after.Change;
        var by = new Actor(change.By, change.Origin?.MessageId is null ? Via.Api : Via.Webhook, change.Origin);
        return AuditEntry.Of(
            by, now, $"award.{VerbOf(change.Type)}", $"certifications/{after.CertificationCode}/awards/{after.UserId}",
            HeldOrNull(write.Before?.Award), HeldOrNull(after), change.Reason);
    }

    private static Award? HeldOrNull(Award? award) => award is { Held: true } ? award : null;

    private static string VerbOf(AwardChangeType type) => type switch
    {
        AwardChangeType.Awarded => "awarded",
        AwardChangeType.Renewed => "renewed",
        AwardChangeType.Updated => "updated",
        AwardChangeType.Revoked => "revoked",
        AwardChangeType.Restored => "restored",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
