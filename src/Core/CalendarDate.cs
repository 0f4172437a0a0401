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

    /// <param name="text">In UTF-8.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length != Format.Length || text[4] != '-' || text[7] != '-'
            || !TryRead(text[..4], out var year) || !TryRead(text[5..7], out var month) || !TryRead(text[8..], out var day)
            || year < Earliest.Year || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    /// <exception cref="FormatException">Not a date: only for text that was valid when stored.</exception>
    public static DateOnly Parse(string text) => DateOnly.ParseExact(text, Format, CultureInfo.InvariantCulture);

    public static string ToText(DateOnly date) => date.ToString(Format, CultureInfo.InvariantCulture);

    private static bool TryRead(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
