using System.Net;
using System.Text;
using System.Text.Unicode;
using CertFunctions.Core;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Http.Requests;

/// <summary>The query parameters of a request. One that nobody read, or that comes twice, is an error.</summary>
public sealed class QueryReader
{
    /// <summary>The platform's function key: not ours to judge.</summary>
    internal const string FunctionKey = "code";

    private const int MaxTextLength = 255;

    private readonly HashSet<string> known = new(StringComparer.Ordinal) { FunctionKey };
    private readonly IQueryCollection query;
    private readonly RequestErrors errors;
    private readonly bool isOfForm;

    /// <param name="isOfForm">A form sends every field that it has, filled in or not: an empty one says nothing.</param>
    internal QueryReader(IQueryCollection query, RequestErrors errors, bool isOfForm = false) =>
        (this.query, this.errors, this.isOfForm) = (query, errors, isOfForm);

    public Member<string> Text(string name, int max = MaxTextLength) => Read(name, text => Rules.Text(text, new TextRule(1, max)), emptyIsAbsent: true);

    public Member<DateOnly> Date(string name) => Read(name, Rules.Date);

    public Member<int> Number(string name, int min, int max) => Read(name, text => Rules.Integer(text, min, max));

    public Member<TEnum> OneOf<TEnum>(string name)
        where TEnum : struct, Enum => Read(name, Rules.OneOf<TEnum>);

    public Member<LmsId> Id(string name) => Value<LmsId>(name, LmsId.TryParse, LmsId.Rule);

    public Member<T> Value<T>(string name, TryParse<T> tryParse, string rule)
        where T : notnull => Read(name, text => Rules.Value(text, tryParse, rule));

    /// <summary>A parameter that may come several times.</summary>
    public IReadOnlyList<LmsId> Ids(string name)
    {
        known.Add(name);
        var parsed = query[name].Where(text => !string.IsNullOrEmpty(text)).Select(text => Rules.Value<LmsId>(text!, LmsId.TryParse, LmsId.Rule)).ToList();
        if (parsed.Find(id => id.Why is not null).Why is { } why)
        {
            errors.Add(name, why);
        }

        return [.. parsed.Select(id => id.Value).OfType<LmsId>()];
    }

    public Member<bool> Boolean(string name) => Read(name, text => text switch
    {
        "true" => true,
        "false" => false,
        _ => Parsed<bool>.Bad("must be true or false"),
    });

    /// <summary>Notes a rule that spans parameters.</summary>
    public void Complain(string name, string why) => errors.Add(name, why);

    /// <summary>ASP.NET Core leaves bytes that are no UTF-8 as they were written, as if <c>%FF</c> were three characters.</summary>
    internal static bool IsUtf8(QueryString query)
    {
        var written = Encoding.UTF8.GetBytes(query.Value ?? "");
        return Utf8.IsValid(WebUtility.UrlDecodeToBytes(written, 0, written.Length));
    }

    /// <summary>The text as it came.</summary>
    internal Member<string> Raw(string name) => Read<string>(name, text => text);

    internal void NoteUnknown()
    {
        foreach (var name in query.Keys.Where(name => !known.Contains(name)))
        {
            errors.Add(name, $"is not a known query parameter; known are: {string.Join(", ", known.Except([FunctionKey]).Order(StringComparer.Ordinal))}");
        }
    }

    private Member<T> Read<T>(string name, Func<string, Parsed<T>> parse, bool emptyIsAbsent = false)
        where T : notnull
    {
        known.Add(name);
        // Parameters are matched in their exact spelling, unlike the collection's own lookup.
        var values = query.Keys.Contains(name, StringComparer.Ordinal) ? query[name] : default;
        if (values.Count == 0 || ((emptyIsAbsent || isOfForm) && values is [""]))
        {
            return In(MemberState.Absent, default);
        }

        var parsed = values.Count == 1 ? parse(values[0] ?? "") : Parsed<T>.Bad("must be given once");
        if (parsed.Why is { } why)
        {
            errors.Add(name, why);
        }

        return In(parsed.Why is null ? MemberState.Given : MemberState.Bad, parsed.Value);

        Member<T> In(MemberState state, T? value) => new(state, value, inPatch: false, why => errors.Add(name, why));
    }
}
