using System.Globalization;
using System.Text.Json;
using CertFunctions.Core;

namespace CertFunctions.Functions.Http.Requests;

/// <summary>The rules for single values, the same in a body and in a query.</summary>
internal static class Rules
{
    public static Parsed<string> Text(string text, TextRule rule)
    {
        text = rule.HasLines ? text : TrimmedText.Of(text);
        return rule.WhyNot(text) is { } why ? Parsed<string>.Bad(why) : text;
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
