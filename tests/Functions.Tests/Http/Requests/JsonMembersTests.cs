using System.Text;
using System.Text.Json;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Requests;
using CertFunctions.TestWorlds.Http;
using CsCheck;

namespace CertFunctions.Functions.Tests.Http.Requests;

public sealed class JsonMembersTests
{
    [Theory]
    [InlineData("7")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[\"a\"]")]
    public async Task A_wrong_type_is_an_error_of_its_member(string json)
    {
        var errors = await ErrorsIn($$"""{ "text": {{json}}, "date": {{json}}, "id": {{json}}, "kind": {{json}} }""", body =>
        {
            body.Text("text", new TextRule(0, 10));
            body.Date("date");
            body.Id("id");
            body.OneOf<RenewalRule>("kind");
        });

        Assert.Equal(["text", "date", "id", "kind"], errors.Keys);
        Assert.All(errors.Values, reasons => Assert.Equal(["must be a string"], reasons));
    }

    [Theory]
    [InlineData("\"1\"", "a")]
    [InlineData("1.5", "a")]
    [InlineData("1e400", "a")]
    [InlineData("9999999999999999999999", "a")]
    [InlineData("0", "a")]
    [InlineData("1", null)]
    [InlineData("12", null)]
    [InlineData("13", "a")]
    public async Task A_number_is_whole_and_within_its_limits(string json, string? path) =>
        Assert.Equal(path, (await ErrorsIn($$"""{ "a": {{json}} }""", body => body.Number("a", 1, 12))).Keys.SingleOrDefault());

    [Theory]
    [InlineData("", 1)]
    [InlineData(" \t ", 1)]
    [InlineData("a", 0)]
    [InlineData("abcde", 0)]
    [InlineData("😀😀😀😀😀", 0)]
    [InlineData("abcdef", 1)]
    [InlineData("a\tb", 1)]
    [InlineData("a\u0000", 1)]
    [InlineData("a\u007f", 1)]
    [InlineData("a\u0085b", 1)]
    [InlineData("\u00A0\u200B", 1)]
    [InlineData("\u00A0abcde\u200B\r\n", 0)]
    public async Task A_text_is_not_blank_not_too_long_and_without_control_characters(string text, int errors) =>
        Assert.Equal(errors, (await ErrorsIn(JsonSerializer.Serialize(new { a = text }), body => body.Text("a", new TextRule(1, 5)))).Count);

    [Fact]
    public async Task A_text_is_trimmed_and_lines_are_as_they_came() => await ErrorsIn("""{"a":"\u00a0b c\u200b ","d":" e\n"}""", body =>
    {
        Assert.Equal("b c", body.Text("a", new TextRule(1, 3)).Required());
        Assert.Equal(" e\n", body.Text("d", new TextRule(1, 3, HasLines: true)).Required());
    });

    [Theory]
    [InlineData("", 0)]
    [InlineData("a\tb\nc", 0)]
    [InlineData("a\r\nb", 1)]
    [InlineData("a\u0000", 1)]
    public async Task Lines_may_hold_tabs_and_line_feeds(string text, int errors) =>
        Assert.Equal(errors, (await ErrorsIn(JsonSerializer.Serialize(new { a = text }), body => body.Text("a", new TextRule(0, 5, HasLines: true)))).Count);

    [Theory]
    [InlineData("1900-01-01", 0)]
    [InlineData("1899-12-31", 1)]
    [InlineData("9999-12-31", 0)]
    [InlineData("2026-02-29", 1)]
    [InlineData("2026-2-9", 1)]
    [InlineData("2026-02-09T00:00:00Z", 1)]
    [InlineData(" 2026-02-09", 1)]
    public async Task A_date_is_a_real_day(string text, int errors) =>
        Assert.Equal(errors, (await ErrorsIn($$"""{ "a": "{{text}}" }""", body => body.Date("a"))).Count);

    [Theory]
    [InlineData("fromCompletion", 0)]
    [InlineData("FromCompletion", 1)]
    [InlineData("0", 1)]
    [InlineData("", 1)]
    public async Task An_enum_is_spelled_in_camelCase(string text, int errors) =>
        Assert.Equal(errors, (await ErrorsIn($$"""{ "a": "{{text}}" }""", body => body.OneOf<RenewalRule>("a"))).Count);

    [Fact]
    public async Task Names_the_entry_of_an_array_that_is_wrong()
    {
        var errors = await ErrorsIn("""{ "users": ["a", "-", null, 7, "b"] }""", body => body.Ids("users"));

        Assert.Equal(["users[1]", "users[2]", "users[3]"], errors.Keys);
    }

    [Fact]
    public async Task Names_the_member_of_a_nested_object_that_is_wrong()
    {
        var json = """{ "validity": { "value": 0, "colour": 1 }, "activities": [ { "id": "C-1" }, { "id": "-" }, 5, {} ] }""";

        var errors = await ErrorsIn(json, body =>
        {
            body.Child("validity", v => (object)v.Number("value", 1, 5).Required());
            body.Children("activities", 10, a => a.Id("id").Required());
        });

        Assert.Equal(["validity.value", "validity.colour", "activities[1].id", "activities[2]", "activities[3].id"], errors.Keys);
    }

    [Theory]
    [InlineData(Limits.ArrayEntries, 0)]
    [InlineData(Limits.ArrayEntries + 1, 1)]
    public async Task An_array_of_ids_has_a_limit(int entries, int errors)
    {
        var json = JsonSerializer.Serialize(new { users = Enumerable.Range(0, entries).Select(i => $"u{i}") });

        Assert.Equal(errors, (await ErrorsIn(json, body => body.Ids("users"))).Count);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    public async Task An_array_of_objects_has_a_limit(int entries, int errors)
    {
        var json = JsonSerializer.Serialize(new { a = Enumerable.Repeat(new { }, entries) });

        Assert.Equal(errors, (await ErrorsIn(json, body => body.Children("a", 3, _ => new object()))).Count);
    }

    [Fact]
    public async Task Ten_thousand_wrong_entries_make_a_short_answer()
    {
        var json = JsonSerializer.Serialize(new { users = Enumerable.Repeat("-", Limits.ArrayEntries) });

        Assert.Equal(RequestErrors.MaxPaths, (await ErrorsIn(json, body => body.Ids("users"))).Count);
    }

    [Fact]
    public async Task Tells_absent_from_null_from_given()
    {
        var input = await HttpInput.WithPatchAsync(TestRequest.Patch("/api/x", """{ "b": null, "c": true }"""), TestContext.Current.CancellationToken);
        var (a, b, c) = (input.Body.Boolean("a"), input.Body.Boolean("b"), input.Body.Boolean("c"));

        Assert.False(input.Refused(out _));
        Assert.Equal((true, false, false), (a.IsAbsent, a.IsNull, a.IsGiven));
        Assert.Equal((false, true, false), (b.IsAbsent, b.IsNull, b.IsGiven));
        Assert.Equal((false, false, true), (c.IsAbsent, c.IsNull, c.IsGiven));
        Assert.Equal([null, null, true], [a.OrNull(), b.OrNull(), c.OrNull()]);
        Assert.Equal([false, null, true], [a.OrNull(false), b.OrNull(false), c.OrNull(false)]);
        Assert.Equal([true, false, true], [a.Or(true, false), b.Or(true, false), c.Or(true, false)]);
    }

    [Theory]
    [InlineData("{}", true, true, false)]
    [InlineData("""{ "a": null }""", true, true, true)]
    [InlineData("""{ "a": "x" }""", false, false, false)]
    public async Task A_patch_may_leave_out_what_is_required_but_not_clear_it(string json, bool required, bool inPut, bool inPatch)
    {
        Assert.Equal(required, (await ErrorsIn(json, body => body.Text("a", new TextRule(1, 5)).Required())).ContainsKey("a"));
        Assert.Equal(inPut, (await ErrorsIn(json, body => body.Text("a", new TextRule(1, 5)).RequiredUnlessPatch())).ContainsKey("a"));
        Assert.Equal(inPatch, (await ErrorsIn(json, body => body.Text("a", new TextRule(1, 5)).RequiredUnlessPatch(), isPatch: true)).ContainsKey("a"));
    }

    [Fact]
    public async Task Names_are_matched_in_their_case() =>
        Assert.Equal(["Title"], (await ErrorsIn("""{ "Title": "x" }""", body => body.Text("title", new TextRule(1, 5)))).Keys);

    [Fact]
    public void Never_throws_whatever_the_members_hold()
    {
        var scalar = Gen.OneOf(
            Gen.String.Select(s => JsonSerializer.Serialize(s)), Gen.Double.Unit.Select(d => JsonSerializer.Serialize(d)), Gen.Int.Select(i => $"{i}"),
            Gen.OneOf("null", "true", "false", "1e400", "\"2026-01-01\"", "\"\\u0000\"", "{}", "[]", "\"days\""));
        var array = scalar.Array[0, 4].Select(items => $"[{string.Join(',', items)}]");
        var child = scalar.Select(value => $$"""{"id":{{value}}}""");
        var children = child.Array[0, 3].Select(items => $"[{string.Join(',', items)}]");
        var names = new[] { "text", "number", "flag", "date", "kind", "id", "ids", "child", "children", "unknown" };
        var bodies = Gen.OneOf(scalar, array, child, children).Array[names.Length]
            .Select(values => $"{{{string.Join(',', names.Zip(values, (name, value) => $"\"{name}\":{value}"))}}}");

        bodies.Sample(json => ReadAll(json) is 400);
    }

    private static int ReadAll(string json)
    {
        var input = HttpInput.WithBodyAsync(TestRequest.Put("/api/x", json), CancellationToken.None).GetAwaiter().GetResult();
        var body = input.Body;
        body.Text("text", new TextRule(1, 5)).Required();
        body.Number("number", 1, 5).Required();
        body.Boolean("flag").Required();
        body.Date("date").Required();
        body.OneOf<ValidityUnit>("kind").Required();
        body.Id("id").Required();
        body.Ids("ids").Required();
        body.Child("child", c => (object)c.Id("id").OrNull()!);
        body.Children("children", 2, c => c.Id("id").Required());
        return input.Refused(out var problem) ? problem.Status : 200;
    }

    private static async Task<IReadOnlyDictionary<string, string[]>> ErrorsIn(string json, Action<JsonMembers> read, bool isPatch = false)
    {
        var request = TestRequest.Of("PUT", "/api/x", Encoding.UTF8.GetBytes(json));
        var input = isPatch
            ? await HttpInput.WithPatchAsync(request, TestContext.Current.CancellationToken)
            : await HttpInput.WithBodyAsync(request, TestContext.Current.CancellationToken);
        read(input.Body);
        return input.Refused(out var problem) && problem.Code == "invalid_request" ? problem.Errors! : new Dictionary<string, string[]>();
    }
}
