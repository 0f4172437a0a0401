using System.Globalization;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Requests;

namespace CertFunctions.Functions.Awards;

/// <summary>A forecast as callers see it.</summary>
internal sealed record ForecastAnswer(long Earlier, IReadOnlyList<ForecastMonthAnswer> Items, long Later, long AlwaysValid)
{
    public static ForecastAnswer Of(Forecast forecast) => new(
        forecast.Earlier,
        [.. forecast.Months.Select(month => new ForecastMonthAnswer(month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), month.Expiring))],
        forecast.Later,
        forecast.AlwaysValid);

    /// <returns>How many months the caller wants.</returns>
    public static int MonthsOf(QueryReader query) => query.Number("months", 1, Forecast.MaxMonths).Or(Forecast.DefaultMonths);
}

/// <param name="Month"><c>YYYY-MM</c>.</param>
internal sealed record ForecastMonthAnswer(string Month, long Expiring);
