using CertFunctions.Core.Awards;

namespace CertFunctions.Core.Tests.Awards;

public sealed class AwardStandingTests
{
    private static readonly DateOnly Expiry = new(2026, 11, 24);

    [Theory]
    [InlineData("2026-08-25", 90, AwardStatus.Valid, 91)]
    [InlineData("2026-08-26", 90, AwardStatus.Expiring, 90)]
    [InlineData("2026-11-24", 90, AwardStatus.Expiring, 0)]
    [InlineData("2026-11-25", 90, AwardStatus.Expired, -1)]
    [InlineData("2026-11-24", 0, AwardStatus.Valid, 0)]
    [InlineData("2026-11-25", 0, AwardStatus.Expired, -1)]
    [InlineData("2026-11-23", 1, AwardStatus.Expiring, 1)]
    [InlineData("2026-11-22", 1, AwardStatus.Valid, 2)]
    public void Stands_as_the_day_says(string today, int window, AwardStatus status, int daysToRenew)
    {
        var standing = AwardStanding.On(CalendarDate.Parse(today), Expiry, window);

        Assert.Equal((status, daysToRenew), (standing.Status, standing.DaysToRenew));
    }

    [Fact]
    public void Is_renewable_from_the_first_day_of_its_window() =>
        Assert.Equal(new DateOnly(2026, 8, 26), AwardStanding.On(Expiry, Expiry, 90).RenewableFrom);

    [Fact]
    public void Has_no_first_day_without_a_window() => Assert.Null(AwardStanding.On(Expiry, Expiry, 0).RenewableFrom);

    [Fact]
    public void An_award_without_expiry_is_valid_on_the_last_day_of_time() =>
        Assert.Equal(new AwardStanding(AwardStatus.Valid, null, null), AwardStanding.On(DateOnly.MaxValue, null, 90));

    [Fact]
    public void A_window_longer_than_the_calendar_begins_with_it() =>
        Assert.Equal(DateOnly.MinValue, AwardStanding.On(Expiry, new DateOnly(50, 1, 1), 36_500).RenewableFrom);
}
