using CertFunctions.Core.Awards;
using CertFunctions.Testing;
using CsCheck;

namespace CertFunctions.Core.Tests.Awards;

public sealed class ExpiryRangeTests
{
    private static readonly Gen<DateOnly> Days = Gen.OneOf(
        Gen.Int[-40, 40].Select(days => AwardSamples.Today.AddDays(days)),
        Gen.Int[CalendarDate.Earliest.DayNumber, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber),
        Gen.Const(DateOnly.MaxValue),
        Gen.Const(CalendarDate.Earliest));

    private static readonly Gen<DateOnly?> Expiries = Gen.OneOf(Days.Select(day => (DateOnly?)day), Gen.Const((DateOnly?)null));
    private static readonly Gen<int> Windows = Gen.OneOf(Gen.Const(0), Gen.Int[1, 40], Gen.Int[1, Limits.RenewalWindowDays]);
    private static readonly Gen<AwardStatus> Statuses = Gen.Enum<AwardStatus>();

    [Fact]
    public void A_range_of_a_status_holds_exactly_what_stands_so() =>
        Gen.Select(Days, Expiries, Windows, Statuses).Sample((today, expiry, window, status) =>
            ExpiryRange.Of(status, today, window).Includes(expiry) == (AwardStanding.On(today, expiry, window).Status == status));

    [Fact]
    public void Between_two_days_lies_what_is_dated_and_no_further_than_either() =>
        Gen.Select(Gen.Select(Days, Expiries, Windows), Expiries, Expiries, Statuses).Sample((award, from, to, status) =>
        {
            var (today, expiry, window) = award;
            var expected = AwardStanding.On(today, expiry, window).Status == status
                && ((from is null && to is null) || (expiry is not null && expiry >= (from ?? DateOnly.MinValue) && expiry <= (to ?? DateOnly.MaxValue)));
            return new AwardFilter(status, from, to).ExpiriesOn(today, window).Includes(expiry) == expected;
        });

    [Fact]
    public void Days_reach_the_last_wherever_always_valid_belongs_to_the_range() =>
        Gen.Select(Days, Windows, Statuses, Expiries, Expiries).Sample((today, window, status, from, to) =>
            new AwardFilter(status, from, to).ExpiriesOn(today, window) is not { AlwaysValid: true, HasDays: true } range || range.To == DateOnly.MaxValue);

    [Fact]
    public void Every_award_stands_in_exactly_one_range() =>
        Gen.Select(Days, Expiries, Windows).Sample((today, expiry, window) =>
            Enum.GetValues<AwardStatus>().Count(status => ExpiryRange.Of(status, today, window).Includes(expiry)) == 1);

    [Fact]
    public void Nothing_is_expiring_without_a_window() =>
        Assert.True(ExpiryRange.Of(AwardStatus.Expiring, AwardSamples.Today, 0).IsEmpty);

    [Fact]
    public void Nothing_lies_between_days_in_the_wrong_order() =>
        Assert.True(ExpiryRange.All.Between(new DateOnly(2026, 1, 2), new DateOnly(2026, 1, 1)).IsEmpty);
}
