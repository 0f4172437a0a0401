namespace CertFunctions.Core;

/// <summary>What time it is for the organisation. Calendar dates are those of its time zone, instants are UTC.</summary>
public sealed class OrganisationClock(TimeProvider time, TimeZoneInfo zone)
{
    public DateTimeOffset Now => time.GetUtcNow();

    public DateOnly Today => DateOf(Now);

    /// <summary>The organisation's calendar date at an instant.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
