using System.Globalization;
using System.Text.RegularExpressions;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Pages;

/// <summary>Dates, numbers and names of things as people read them: in the language of the reader where that differs.</summary>
internal static partial class Words
{
    /// <summary>As the language writes a date with the month in letters: nobody takes 3 April for 4 March.</summary>
    public static string Of(DateOnly date) => date.ToString(DatePattern(CultureInfo.CurrentCulture.DateTimeFormat), CultureInfo.CurrentCulture);

    /// <summary>In UTC, and says so.</summary>
    public static string Of(DateTimeOffset instant)
    {
        var utc = instant.UtcDateTime;
        return $"{Of(DateOnly.FromDateTime(utc))}, {utc.ToString("t", CultureInfo.CurrentCulture)} UTC";
    }

    /// <param name="month">Any day of it.</param>
    public static string OfMonth(DateOnly month) => month.ToString("Y", CultureInfo.CurrentCulture);

    public static string Of(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <param name="one">What one of them is called.</param>
    /// <param name="many">What several are called, and none.</param>
    public static string Count(int number, string one, string many) => $"{Of(number)} {(number == 1 ? one : many)}";

    public static string People(int number) => Count(number, "person", "people");

    /// <summary>The name of a choice: <c>completedWithErrors</c> becomes <c>Completed with errors</c>.</summary>
    public static string Of(Enum choice)
    {
        var words = Capital().Replace(choice.ToString(), " $1").ToLowerInvariant().Trim();
        return string.Concat(char.ToUpperInvariant(words[0]).ToString(), words.AsSpan(1));
    }

    /// <param name="validity">Null: it never expires.</param>
    public static string Of(Validity? validity) => validity is null ? "Never expires" : (validity.Unit, validity.Value) switch
    {
        (ValidityUnit.Days, var days) => Count(days, "day", "days"),
        (ValidityUnit.Months, var months) => Count(months, "month", "months"),
        (_, var years) => Count(years, "year", "years"),
    };

    private static string DatePattern(DateTimeFormatInfo format) =>
        LongMonth().Replace(Weekday().Replace(format.LongDatePattern, "").Trim(), "MMM");

    [GeneratedRegex(@"(?<!^)([A-Z])")]
    private static partial Regex Capital();

    [GeneratedRegex(@"d{4}(\s*'[^']*')?[,.،]?\s*|[,،]?\s*d{4}$")]
    private static partial Regex Weekday();

    [GeneratedRegex("M{4}")]
    private static partial Regex LongMonth();
}
