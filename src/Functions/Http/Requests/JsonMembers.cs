using System.Text.Json;
using CertFunctions.Core;

namespace CertFunctions.Functions.Http.Requests;

/// <summary>
/// The members of one JSON object. Every read notes what is wrong under the member's path; a member that nobody read is an error too.
/// </summary>
public sealed class JsonMembers
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly JsonElement root;
    private readonly string path;
    private readonly bool isPatch;
    private readonly RequestErrors errors;

    internal JsonMembers(JsonElement root, string path, bool isPatch, RequestErrors errors) =>
        (this.root, this.path, this.isPatch, this.errors) = (root, path, isPatch, errors);

    /// <summary>Trimmed, unless it may have lines: then it is kept as given.</summary>
    public Member<string> Text(string name, TextRule rule) => OfText(name, text => Rules.Text(text, rule));

    public Member<DateOnly> Date(string name) => OfText(name, Rules.Date);

    /// <summary>The camelCase name of an enum's value.</summary>
    public Member<TEnum> OneOf<TEnum>(string name)
        where TEnum : struct, Enum => OfText(name, Rules.OneOf<TEnum>);

    public Member<LmsId> Id(string name) => Value<LmsId>(name, LmsId.TryParse, LmsId.Rule);

    public Member<T> Value<T>(string name, TryParse<T> tryParse, string rule)
        where T : notnull => OfText(name, text => Rules.Value(text, tryParse, rule));

    public Member<int> Number(string name, int min, int max) => Read(name, (element, _) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number)
            ? Rules.Integer(number, min, max)
            : Parsed<int>.Bad(Rules.IntegerRule(min, max)));

    public Member<bool> Boolean(string name) => Read(name, (element, _) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Parsed<bool>.Bad("must be true or false"),
    });

    public Member<IReadOnlyList<LmsId>> Ids(string name) => Values<LmsId>(name, LmsId.TryParse, LmsId.Rule);

    /// <summary>At most <see cref="Limits.ArrayEntries"/> values, in the order given, repetitions included.</summary>
    public Member<IReadOnlyList<T>> Values<T>(string name, TryParse<T> tryParse, string rule)
        where T : notnull =>
        Array(name, Limits.ArrayEntries, (element, at) => Single(element, at, text => Rules.Value(text, tryParse, rule)));

    /// <param name="read">Called only when the member is an object; its reads may note errors of their own.</param>
    public Member<T> Child<T>(string name, Func<JsonMembers, T> read)
        where T : notnull => Read(name, (element, at) => Nested(element, at, read));

    public Member<IReadOnlyList<T>> Children<T>(string name, int max, Func<JsonMembers, T> read)
        where T : notnull => Array(name, max, (element, at) => Noted(at, Nested(element, at, read)));

    /// <summary>Members that only the service writes: accepted whatever they hold, and ignored.</summary>
    public void ReadOnly(params ReadOnlySpan<string> names) => known.UnionWith(names.ToArray());

    /// <summary>Notes a rule that spans members.</summary>
    public void Complain(string name, string why) => errors.Add(path + name, why);

    internal void NoteUnknown()
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in root.EnumerateObject().Where(m => !known.Contains(m.Name)))
        {
            errors.Add(path + member.Name, $"is not a known member; known are: {string.Join(", ", known.Order(StringComparer.Ordinal))}");
        }
    }

    private Member<T> OfText<T>(string name, Func<string, Parsed<T>> parse)
        where T : notnull => Read(name, (element, _) => OfText(element, parse));

    private static Parsed<T> OfText<T>(JsonElement element, Func<string, Parsed<T>> parse) =>
        element.ValueKind == JsonValueKind.String ? parse(element.GetString()!) : Parsed<T>.Bad("must be a string");

    private Member<IReadOnlyList<T>> Array<T>(string name, int max, Func<JsonElement, string, T?> entry)
        where T : notnull => Read(name, (element, at) => element switch
        {
            { ValueKind: not JsonValueKind.Array } => Parsed<IReadOnlyList<T>>.Bad("must be an array"),
            _ when element.GetArrayLength() > max => Parsed<IReadOnlyList<T>>.Bad($"must have at most {max} entries"),
            _ => new(element.EnumerateArray().Select((e, i) => entry(e, $"{at}[{i}]")!).ToArray(), null),
        });

    private T? Single<T>(JsonElement element, string at, Func<string, Parsed<T>> parse) => Noted(at, OfText(element, parse));

    private T? Noted<T>(string at, Parsed<T> parsed)
    {
        if (parsed.Why is { } why)
        {
            errors.Add(at, why);
        }

        return parsed.Value;
    }

    private Parsed<T> Nested<T>(JsonElement element, string at, Func<JsonMembers, T> read)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return Parsed<T>.Bad("must be an object");
        }

        // A nested object is replaced whole, also by a patch.
        var members = new JsonMembers(element, $"{at}.", isPatch: false, errors);
        var value = read(members);
        members.NoteUnknown();
        return value;
    }

    private Member<T> Read<T>(string name, Func<JsonElement, string, Parsed<T>> parse)
        where T : notnull
    {
        known.Add(name);
        var at = path + name;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out var element))
        {
            return In(MemberState.Absent, default);
        }

        if (element.ValueKind == JsonValueKind.Null)
        {
            return In(MemberState.Null, default);
        }

        var parsed = parse(element, at);
        Noted(at, parsed);
        return In(parsed.Why is null ? MemberState.Given : MemberState.Bad, parsed.Value);

        Member<T> In(MemberState state, T? value) => new(state, value, isPatch, why => errors.Add(at, why));
    }
}
