using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Functions.Storage.Transactions;
using CsCheck;

namespace CertFunctions.Functions.Tests.Storage.Awards;

public sealed class ExpiryMonthsTests
{
    private static readonly Gen<DateOnly> AnyDay = Gen.Int[0, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber);

    [Fact]
    public void Come_back_from_storage_as_they_were() => AnyDay.Select(Gen.Int[1, int.MaxValue]).List.Sample(added =>
    {
        var months = new ExpiryMonths();
        foreach (var (day, count) in added.DistinctBy(month => (month.Item1.Year, month.Item1.Month)))
        {
            months.Add(day, count);
        }

        var bytes = months.ToBytes();
        Assert.Equal(months.All, ExpiryMonths.Of(bytes).All);
        Assert.True(bytes.Length <= months.MostBytes);
    });

    [Fact]
    public void A_month_counts_all_its_days_and_none_beside_it()
    {
        var months = new ExpiryMonths();
        foreach (var day in new DateOnly[] { new(2027, 12, 31), new(2028, 2, 1), new(2028, 2, 29), new(2028, 3, 1) })
        {
            months.Add(day, +1);
        }

        months.Add(new DateOnly(2028, 3, 31), -1);

        Assert.Equal([new(new(2027, 12, 1), 1), new(new(2028, 2, 1), 2)], months.All);
    }

    [Fact]
    public void A_change_of_the_copy_leaves_the_original_alone()
    {
        var months = new ExpiryMonths();
        months.Add(new DateOnly(2028, 2, 1), +1);

        months.Copy().Add(new DateOnly(2028, 2, 2), +1);

        Assert.Equal([new(new(2028, 2, 1), 1)], months.All);
    }

    /// <summary>Of every month that a date can have, as many awards as can be counted.</summary>
    [Fact]
    public void Fit_a_row_whatever_the_dates()
    {
        var months = new ExpiryMonths();
        for (var month = DateOnly.MinValue; month < DateOnly.MaxValue.AddMonths(-1); month = month.AddMonths(1))
        {
            months.Add(month, int.MaxValue);
        }

        Assert.InRange(months.MostBytes, months.ToBytes().Length, TransactionGuard.MaxEntityBytes);
    }
}
