using System.Globalization;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Pages.Forecasts;

/// <summary>A forecast as a page shows it.</summary>
/// <param name="Certification">Null: all of them together.</param>
public sealed record ForecastPage(Certification? Certification, Forecast Forecast)
{
    /// <summary>The bars are so high at the most, in units of the drawing.</summary>
    public const int Height = 100;

    public long Highest => Math.Max(Forecast.Months.Max(month => month.Expiring), 1);

    public int HeightOf(ForecastMonth month) => (int)Math.Ceiling(month.Expiring * (double)Height / Highest);

    /// <summary>The people behind a month: those of the certification, or of all.</summary>
    public string PathOf(ForecastMonth month) => Certification is { Code: var code }
        ? $"/certifications/{code}/awards?expiresFrom={Day(month.Month)}&expiresTo={Day(month.Month.AddMonths(1).AddDays(-1))}"
        : string.Create(CultureInfo.InvariantCulture, $"/forecast/{month.Month:yyyy-MM}");

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
