using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Functions.Storage.Transactions;
using CsCheck;

namespace CertFunctions.Functions.Tests.Storage.Awards;

public sealed class ExpiryDaysTests
{
    private static readonly DateOnly First = new(2026, 11, 24);
    private static readonly Gen<DateOnly> AnyDay = Gen.Int[0, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber);

    [Fact]
    public void Come_back_from_storage_as_they_were() => AnyDay.Select(Gen.Int[1, int.MaxValue]).List.Sample(added =>
    {
        var days = new ExpiryDays();
        foreach (var (day, count) in added.DistinctBy(one => one.Item1))
        {
            days.Add(day, count);
        }

        var bytes = days.ToBytes();
        Assert.Equal(days.All, ExpiryDays.Of(bytes).All);
        Assert.True(bytes.Length <= days.MostBytes);
    });

    [Fact]
    public void A_day_has_awards_until_its_last_is_gone()
    {
        var days = new ExpiryDays();
        Assert.False(days.HasAwards(First));

        days.Add(First, +2);
        days.Add(First, -1);
        Assert.True(days.HasAwards(First));
        Assert.False(days.HasAwards(First.AddDays(1)));

        days.Add(First, -1);
        Assert.False(days.HasAwards(First));
        Assert.Empty(days.ToBytes());
    }

    /// <summary>A store of an app that did not count days has awards of which nothing is known.</summary>
    [Fact]
    public void What_was_never_counted_cannot_become_less_than_nothing()
    {
        var days = new ExpiryDays();
        days.Add(First, -1);
        days.Add(First, +1);

        Assert.True(days.HasAwards(First));
    }

    [Fact]
    public void Up_to_the_most_all_days_are_known_and_from_then_on_those_and_no_others_for_ever()
    {
        var days = Filled(ExpiryDays.MostDays - 1);
        var (last, beyond) = (First.AddDays(ExpiryDays.MostDays - 1), First.AddDays(ExpiryDays.MostDays));
        Assert.False(days.HasAwards(last));

        days.Add(last, +1);
        days.Add(beyond, +1);
        days.Add(last, -1);
        days = ExpiryDays.Of(days.ToBytes());

        Assert.False(days.HasAwards(last));
        Assert.True(days.HasAwards(First));
        Assert.Null(days.HasAwards(beyond));
    }

    /// <summary>With every month that a date can have beside them.</summary>
    [Fact]
    public void Fit_a_row_beside_the_months()
    {
        var months = new ExpiryMonths();
        for (var month = DateOnly.MinValue; month < DateOnly.MaxValue.AddMonths(-1); month = month.AddMonths(1))
        {
            months.Add(month, int.MaxValue);
        }

        Assert.InRange(Filled(ExpiryDays.MostDays).MostBytes + months.MostBytes, 0, TransactionGuard.MaxEntityBytes - 20_000);
    }

    private static ExpiryDays Filled(int count)
    {
        var days = new ExpiryDays();
        for (var day = 0; day < count; day++)
        {
            days.Add(First.AddDays(day), int.MaxValue);
        }

        return days;
    }
}
