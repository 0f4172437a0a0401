namespace CertFunctions.Core.Awards;

/// <summary>How an award stands on a day.</summary>
/// <param name="DaysToRenew">Whole days from that day to the expiry, negative once expired; null when always valid.</param>
/// <param name="RenewableFrom">The first day of the renewal window; null when always valid or without a window.</param>
public sealed record AwardStanding(AwardStatus Status, int? DaysToRenew, DateOnly? RenewableFrom)
{
    public static AwardStanding On(DateOnly today, DateOnly? expiresOn, int renewalWindowDays)
    {
        if (expiresOn is not { } expiry)
        {
            return new AwardStanding(AwardStatus.Valid, null, null);
        }

        var renewableFrom = RenewableFromOf(expiry, renewalWindowDays);
        return new AwardStanding(StatusOn(today, expiry, renewableFrom), expiry.DayNumber - today.DayNumber, renewableFrom);
    }

    private static DateOnly? RenewableFromOf(DateOnly expiry, int renewalWindowDays) => renewalWindowDays == 0
        ? null
        : DateOnly.FromDayNumber(Math.Max(expiry.DayNumber - renewalWindowDays, 0));

    private static AwardStatus StatusOn(DateOnly today, DateOnly expiry, DateOnly? renewableFrom) =>
        today > expiry ? AwardStatus.Expired
        : today >= renewableFrom ? AwardStatus.Expiring
        : AwardStatus.Valid;
}
