using System.Text;
using System.Text.Json;
using CertFunctions.Core;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Requests;
using CertFunctions.TestWorlds.Http;
using CsCheck;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Tests.Http.Requests;

public sealed class JsonBodyTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("""{"a":"b""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a":1} x""")]
    [InlineData("""{"a":1}{"a":1}""")]
    [InlineData("// hello\n{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""{"b":{"a":1,"a":2}}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":"\udc00\ud800"}""")]
    [InlineData("""{"\ud83d":1}""")]
    [InlineData("""{"a":"\ufffd"}""")]
    [InlineData("""{"a":"�"}""")]
    [InlineData("""{"�":1}""")]
    [InlineData("""{"a":NaN}""")]
    [InlineData("{\"a\":\"\u0001\"}")]
    public async Task Refuses_what_is_not_one_sound_JSON_object(string body)
    {
        var problem = await RefusalOf(TestRequest.Put("/api/x", body));

        Assert.Equal((400, "invalid_json"), (problem?.Status, problem?.Code));
        Assert.Equal(["body"], problem?.Errors?.Keys);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "a")]
    [InlineData("""{"a":1,"\u0061":2}""", "a")]
    [InlineData("""{"x":[{"y":1}],"b":{"a":1,"c":{"a":3},"a":2}}""", "b.a")]
    [InlineData("""{"x":[{"y":1},{"y":2,"y":3}]}""", "x.y")]
    [InlineData("\uFEFF{\"a\":1,\"a\":2}", "a")]
    public async Task Names_the_member_that_comes_twice(string body, string member) =>
        Assert.Equal([$"has the member {member} twice"], (await RefusalOf(TestRequest.Put("/api/x", body)))!.Errors!["body"]);

    [Theory]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'{', 0, (byte)'}', 0 })]
    public async Task Refuses_what_is_not_UTF8(byte[] body) =>
        Assert.Equal("invalid_json", (await RefusalOf(TestRequest.Of("PUT", "/api/x", body)))?.Code);

    [Theory]
    [InlineData("{}")]
    [InlineData(" {\n} ")]
    [InlineData("\uFEFF{}")]
    public async Task Takes_an_empty_object(string body) => Assert.Null(await RefusalOf(TestRequest.Put("/api/x", body)));

    [Fact]
    public async Task Keeps_emoji_and_escaped_pairs_as_they_are()
    {
        var input = await HttpInput.WithBodyAsync(TestRequest.Put("/api/x", """{"a":"😀","b":"\ud83d\ude00"}"""), TestContext.Current.CancellationToken);

        Assert.Equal("😀", input.Body.Text("a", new TextRule(1, 1)).Required());
        Assert.Equal("😀", input.Body.Text("b", new TextRule(1, 1)).Required());
        Assert.False(input.Refused(out _));
    }

    [Theory]
    [InlineData(Limits.JsonDepth, null)]
    [InlineData(Limits.JsonDepth + 1, "invalid_json")]
    [InlineData(100_000, "invalid_json")]
    public async Task Takes_only_so_many_levels(int depth, string? code)
    {
        var nested = new string('[', depth - 1) + new string(']', depth - 1);
        var input = await HttpInput.WithBodyAsync(TestRequest.Put("/api/x", $$"""{"a":{{nested}}}"""), TestContext.Current.CancellationToken);
        input.Body.ReadOnly("a");

        input.Refused(out var problem);

        Assert.Equal(code, problem?.Code);
    }

    [Theory]
    [InlineData(Limits.JsonBodyBytes, true, null)]
    [InlineData(Limits.JsonBodyBytes, false, null)]
    [InlineData(Limits.JsonBodyBytes + 1, true, 413)]
    [InlineData(Limits.JsonBodyBytes + 1, false, 413)]
    [InlineData(30 * 1024 * 1024, false, 413)]
    public async Task Takes_only_so_many_bytes(int length, bool saysLength, int? status)
    {
        var body = Encoding.UTF8.GetBytes("{}".PadRight(length));
        var request = TestRequest.Of("PUT", "/api/x", body);
        request.ContentLength = saysLength ? length : null;

        Assert.Equal(status, (await RefusalOf(request))?.Status);
    }

    [Fact]
    public async Task Does_not_trust_a_small_content_length()
    {
        var request = TestRequest.Of("PUT", "/api/x", Encoding.UTF8.GetBytes("{}".PadRight(Limits.JsonBodyBytes + 1)));
        request.ContentLength = 2;

        var problem = await RefusalOf(request);

        Assert.Equal(413, problem?.Status);
        Assert.Equal("body_too_large", problem?.Code);
    }

    [Fact]
    public async Task Answers_although_a_body_that_is_too_large_never_ends()
    {
        var request = TestRequest.Of("PUT", "/api/x", []);
        request.Body = new EndlessStream();
        request.ContentLength = null;

        Assert.Equal(413, (await RefusalOf(request))?.Status);
    }

    [Theory]
    [InlineData("application/json", true, true)]
    [InlineData("Application/JSON; charset=UTF-8", true, true)]
    [InlineData("application/json; charset=\"utf-8\"", true, true)]
    [InlineData("application/merge-patch+json", false, true)]
    [InlineData("application/json; charset=utf-16", false, false)]
    [InlineData("application/json; charset=iso-8859-1", false, false)]
    [InlineData("text/plain", false, false)]
    [InlineData("text/json", false, false)]
    [InlineData("application/x-www-form-urlencoded", false, false)]
    [InlineData("nonsense", false, false)]
    [InlineData("", false, false)]
    [InlineData(null, false, false)]
    public async Task Takes_only_JSON(string? contentType, bool inPut, bool inPatch)
    {
        var body = "{}"u8.ToArray();
        var put = await HttpInput.WithBodyAsync(TestRequest.Of("PUT", "/api/x", body, contentType), TestContext.Current.CancellationToken);
        var patch = await HttpInput.WithPatchAsync(TestRequest.Of("PATCH", "/api/x", body, contentType), TestContext.Current.CancellationToken);

        put.Refused(out var inPutProblem);
        patch.Refused(out var inPatchProblem);

        Assert.Equal(inPut ? null : 415, inPutProblem?.Status);
        Assert.Equal(inPatch ? null : 415, inPatchProblem?.Status);
    }

    [Fact]
    public async Task Takes_no_compressed_body() =>
        Assert.Equal(415, (await RefusalOf(TestRequest.Put("/api/x", "{}").With("Content-Encoding", "gzip")))?.Status);

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Needs_no_content_type_without_a_body_where_none_is_needed(string? contentType)
    {
        var request = TestRequest.Of("POST", "/api/jobs/1/cancel", [], contentType);
        var input = await HttpInput.WithOptionalBodyAsync(request, TestContext.Current.CancellationToken);

        Assert.True(input.Body.Boolean("dryRun").IsAbsent);
        Assert.False(input.Refused(out _));
    }

    [Fact]
    public async Task Says_400_when_the_body_breaks_off()
    {
        var request = TestRequest.Of("PUT", "/api/x", []);
        request.Body = new BrokenStream(new BadHttpRequestException("Unexpected end of request content.", 400));
        request.ContentLength = 10;

        var problem = await RefusalOf(request);

        Assert.Equal(400, problem?.Status);
        Assert.Equal("invalid_json", problem?.Code);
    }

    [Fact]
    public void Never_throws_whatever_the_bytes() =>
        Gen.Byte.Array[0, 200].Sample(bytes => JsonBody.Parse(bytes) is { Why: not null } or { Root.ValueKind: JsonValueKind.Object });

    [Fact]
    public void Never_throws_on_almost_JSON()
    {
        var piece = Gen.OneOf("{", "}", "[", "]", "\"", ":", ",", "null", "true", "12", "-", "1e999", "\\u0000", "\\ud800", "\\", "a", "\u0000", "é", "😀", " ");
        piece.Array[0, 40].Select(pieces => "{" + string.Concat(pieces)).Sample(text =>
        {
            var (root, why) = JsonBody.Parse(Encoding.UTF8.GetBytes(text));
            Assert.Equal(why is null, root.ValueKind == JsonValueKind.Object);
        });
    }

    private static async Task<Problem?> RefusalOf(HttpRequest request)
    {
        var input = await HttpInput.WithBodyAsync(request, TestContext.Current.CancellationToken);
        return input.Refused(out var problem) ? problem : null;
    }
}
