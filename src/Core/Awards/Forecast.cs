namespace CertFunctions.Core.Awards;

/// <summary>How many awards expire when. Its four parts add up to all that are held.</summary>
/// <param name="Earlier">Expired before the first month.</param>
/// <param name="Months">The current month of the organisation first, those that expired earlier in it included, then one after the other.</param>
/// <param name="Later">Expire after the last month.</param>
/// <param name="AlwaysValid">Never expire.</param>
public sealed record Forecast(long Earlier, IReadOnlyList<ForecastMonth> Months, long Later, long AlwaysValid)
{
    public const int DefaultMonths = 24;
    public const int MaxMonths = 120;

    /// <param name="months">How many, 1 to <see cref="MaxMonths"/>; fewer where the calendar ends.</param>
    public static Forecast Of(ExpiryCounts counts, DateOnly today, int months)
    {
        var first = MonthOf(today);
        var shown = Math.Min(months, MonthsBetween(first, DateOnly.MaxValue) + 1);
        var last = first.AddMonths(shown - 1);
        return new Forecast(
            counts.Months.Where(month => month.Key < first).Sum(month => month.Value),
            [.. Enumerable.Range(0, shown).Select(first.AddMonths).Select(month => new ForecastMonth(month, counts.Months.GetValueOrDefault(month)))],
            counts.Months.Where(month => month.Key > last).Sum(month => month.Value),
            counts.Held - counts.Months.Values.Sum());
    }

    /// <returns>Its first day.</returns>
    public static DateOnly MonthOf(DateOnly day) => day.AddDays(1 - day.Day);

    private static int MonthsBetween(DateOnly from, DateOnly to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;
}

/// <param name="Month">Its first day.</param>
/// <param name="Expiring">How many awards expire in it.</param>
public sealed record ForecastMonth(DateOnly Month, long Expiring);
