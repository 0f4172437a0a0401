using System.Globalization;
using System.Text.Json;

namespace CertFunctions.Core.Lms;

/// <summary>Reads the members of an object that the LMS sent, and collects what is wrong with them. What nobody reads may be anything.</summary>
internal sealed class PayloadReader(JsonElement root)
{
    /// <summary>How the LMS writes instants, all of them UTC.</summary>
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    private readonly Dictionary<string, string[]> errors = [];

    /// <summary>Null: absent or null.</summary>
    public JsonElement? Find(string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    public bool Has(string name) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out _);

    /// <summary>Trimmed. Where the rule wants a text that is not blank, a blank one counts as absent.</summary>
    public PayloadMember<string> Text(string name, TextRule rule)
    {
        if (Find(name) is not { } element)
        {
            return Of<string>(name, null);
        }

        if (TextOf(element) is not { } sent)
        {
            return Bad<string>(name, "must be a text");
        }

        var text = TrimmedText.Of(sent);
        return text.Length == 0 && rule.Min > 0 ? Of<string>(name, null)
            : rule.WhyNot(text) is { } why ? Bad<string>(name, why)
            : Of(name, text);
    }

    /// <summary>A name that a new group, branch or training gets: null where it is of no use as one.</summary>
    public string? Name(string name) =>
        Find(name) is { } element
        && TextOf(element) is { } sent
        && TrimmedText.Of(sent) is var text
        && TextRule.Name.WhyNot(text) is null ? text : null;

    /// <summary>As a text, or as a whole number.</summary>
    public PayloadMember<LmsId> Id(string name) => Find(name) switch
    {
        null => Of<LmsId>(name, null),
        { ValueKind: JsonValueKind.String } text when TextOf(text) is "" => Of<LmsId>(name, null),
        { ValueKind: JsonValueKind.String } text when LmsId.TryParse(TextOf(text), out var id) => Of(name, id),
        { ValueKind: JsonValueKind.Number } number when number.GetRawText().All(char.IsAsciiDigit) && LmsId.TryParse(number.GetRawText(), out var id) =>
            Of(name, id),
        _ => Bad<LmsId>(name, $"{LmsId.Rule}, or a whole number"),
    };

    public DateTimeOffset? Time(string name)
    {
        if (Find(name) is not { } element)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(TextOf(element), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && DateOnly.FromDateTime(time.UtcDateTime) >= CalendarDate.Earliest)
        {
            return time;
        }

        Complain(name, "must be a time YYYY-MM-DD HH:MM:SS, in UTC, from 1900 on");
        return null;
    }

    /// <summary>Also as 1 or 0.</summary>
    public bool? Flag(string name)
    {
        switch (Find(name))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.True }:
            case { ValueKind: JsonValueKind.Number } one when one.GetRawText() == "1":
                return true;
            case { ValueKind: JsonValueKind.False }:
            case { ValueKind: JsonValueKind.Number } zero when zero.GetRawText() == "0":
                return false;
            default:
                Complain(name, "must be true or false");
                return null;
        }
    }

    public void Complain(string name, string why) => errors.TryAdd(name, [why]);

    /// <returns>Null when all that was read is well.</returns>
    public Rejection? Refusal() => errors.Count == 0
        ? null
        : new Rejection(RejectionKind.Invalid, ErrorCode.InvalidRequest, string.Join(' ', errors.Select(error => $"{error.Key} {error.Value[0]}.")), errors);

    private PayloadMember<T> Of<T>(string name, T? value)
        where T : class => new(value, value is null ? () => Complain(name, "is required") : () => { });

    private PayloadMember<T> Bad<T>(string name, string why)
        where T : class
    {
        Complain(name, why);
        return new(null, () => { });
    }

    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are no UTF-8: the parser looks at them no earlier.
            return null;
        }
    }
}

/// <param name="Value">Null: absent, or bad, which has been noted.</param>
internal readonly record struct PayloadMember<T>(T? Value, Action NoteMissing)
    where T : class
{
    public T? Required()
    {
        NoteMissing();
        return Value;
    }
}
