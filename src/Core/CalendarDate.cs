using System.Globalization;

namespace CertFunctions.Core;

/// <summary>The rule for calendar dates at the border: <c>YYYY-MM-DD</c>, 1900-01-01 to 9999-12-31.</summary>
public static class CalendarDate
{
    public const string Format = "yyyy-MM-dd";
    public const string Rule = "must be a date YYYY-MM-DD from 1900-01-01 to 9999-12-31";

    public static readonly DateOnly Earliest = new(1900, 1, 1);

    public static bool TryParse(string? text, out DateOnly date) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out date) && date >= Earliest;

    /// <exception cref="FormatException">Not a date: only for text that was valid when stored.</exception>
    public static DateOnly Parse(string text) => DateOnly.ParseExact(text, Format, CultureInfo.InvariantCulture);

    public static string ToText(DateOnly date) => date.ToString(Format, CultureInfo.InvariantCulture);
}
