using System.Globalization;
using System.Text.Json;
using CertFunctions.Core;

namespace CertFunctions.Functions.Http;

/// <summary>The rules for single values, the same in a body and in a query.</summary>
internal static class Rules
{
    /// <param name="text">Trimmed, unless it may have lines: somebody laid those out.</param>
    /// <param name="min">In code points; above 0 the text must not be blank either.</param>
    /// <param name="max">In code points.</param>
    /// <param name="lines">Whether tab and line feed are allowed.</param>
    public static Parsed<string> Text(string text, int min, int max, bool lines)
    {
        text = lines ? text : TrimmedText.Of(text);
        var length = text.Length <= min || text.Length > max ? text.EnumerateRunes().Count() : text.Length;
        return text switch
        {
            _ when min > 0 && TrimmedText.Of(text).Length == 0 => Parsed<string>.Bad("must not be blank"),
            _ when length < min || length > max => Parsed<string>.Bad($"must have {min} to {max} characters"),
            _ when text.Any(c => char.IsControl(c) && !(lines && c is '\t' or '\n')) => Parsed<string>.Bad("must not contain control characters"),
            // Only in a query: a body with one is refused before.
            _ when text.Contains('\uFFFD') => Parsed<string>.Bad("must not contain U+FFFD, the sign of a lost character"),
            _ => text,
        };
    }

    public static Parsed<DateOnly> Date(string text) =>
        CalendarDate.TryParse(text, out var date) ? date : Parsed<DateOnly>.Bad(CalendarDate.Rule);

    public static Parsed<T> Value<T>(string text, TryParse<T> tryParse, string rule) =>
        tryParse(text, out var value) ? value : Parsed<T>.Bad(rule);

    public static Parsed<TEnum> OneOf<TEnum>(string text)
        where TEnum : struct, Enum =>
        EnumNames<TEnum>.ByName.TryGetValue(text, out var value) ? value : Parsed<TEnum>.Bad(EnumNames<TEnum>.Rule);

    public static Parsed<int> Integer(string text, int min, int max) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Integer(number, min, max)
            : Parsed<int>.Bad(IntegerRule(min, max));

    public static Parsed<int> Integer(int number, int min, int max) =>
        number >= min && number <= max ? number : Parsed<int>.Bad(IntegerRule(min, max));

    public static string IntegerRule(int min, int max) => $"must be a whole number from {min} to {max}";

    private static class EnumNames<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<string, TEnum> ByName =
            Enum.GetValues<TEnum>().ToDictionary(v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()), StringComparer.Ordinal);

        public static readonly string Rule = $"must be one of {string.Join(", ", ByName.Keys)}";
    }
}
