using CertFunctions.Core.Awards;
using CertFunctions.Testing;
using CsCheck;

namespace CertFunctions.Core.Tests.Awards;

public sealed class ForecastTests
{
    private static readonly Gen<DateOnly> Days = Gen.OneOf(
        Gen.Int[-4_000, 4_000].Select(days => AwardSamples.Today.AddDays(days)),
        Gen.Int[CalendarDate.Earliest.DayNumber, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber),
        Gen.Const(DateOnly.MaxValue),
        Gen.Const(CalendarDate.Earliest));

    private static readonly Gen<DateOnly?[]> Expiries = Gen.OneOf(Days.Select(day => (DateOnly?)day), Gen.Const((DateOnly?)null)).Array[0, 40];

    [Fact]
    public void Tells_apart_what_expired_before_this_month_what_expires_in_each_what_later_and_what_never()
    {
        DateOnly?[] expiries = [new(2026, 10, 31), new(2026, 11, 1), new(2026, 11, 30), new(2027, 1, 1), new(2027, 2, 1), null];

        var forecast = Forecast.Of(CountsOf(expiries), AwardSamples.Today, 3);

        Assert.Equal((1, 1, 1), (forecast.Earlier, forecast.Later, forecast.AlwaysValid));
        Assert.Equal(
            [new(new DateOnly(2026, 11, 1), 2), new(new DateOnly(2026, 12, 1), 0), new ForecastMonth(new DateOnly(2027, 1, 1), 1)], forecast.Months);
    }

    [Fact]
    public void The_four_parts_add_up_to_all_that_are_held() =>
        Gen.Select(Expiries, Days, Gen.Int[1, Forecast.MaxMonths]).Sample((expiries, today, months) =>
        {
            var forecast = Forecast.Of(CountsOf(expiries), today, months);
            return forecast.Earlier + forecast.Months.Sum(month => month.Expiring) + forecast.Later + forecast.AlwaysValid == expiries.Length;
        });

    [Fact]
    public void Each_part_counts_the_expiries_that_lie_in_it() =>
        Gen.Select(Expiries, Days, Gen.Int[1, Forecast.MaxMonths]).Sample((expiries, today, months) =>
        {
            var forecast = Forecast.Of(CountsOf(expiries), today, months);
            var (first, last) = (forecast.Months[0].Month, forecast.Months[^1].Month);
            return first == Forecast.MonthOf(today)
                && forecast.Earlier == expiries.Count(day => day < first)
                && forecast.Months.All(month => month.Expiring == expiries.Count(day => day is { } date && Forecast.MonthOf(date) == month.Month))
                && forecast.Later == expiries.Count(day => day is { } date && Forecast.MonthOf(date) > last)
                && forecast.AlwaysValid == expiries.Count(day => day is null);
        });

    [Fact]
    public void Ends_with_the_calendar() =>
        Assert.Equal([new(9999, 11, 1), new DateOnly(9999, 12, 1)], Forecast.Of(CountsOf([]), new DateOnly(9999, 11, 30), 24).Months.Select(month => month.Month));

    private static ExpiryCounts CountsOf(DateOnly?[] expiries) => new(
        expiries.Length, expiries.OfType<DateOnly>().GroupBy(Forecast.MonthOf).ToDictionary(month => month.Key, month => month.LongCount()));
}
