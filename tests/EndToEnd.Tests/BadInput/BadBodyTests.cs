using System.Text;
using CertFunctions.Core;
using CertFunctions.Functions.Awarding;
using CertFunctions.Functions.Directory;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Lms;

namespace CertFunctions.EndToEnd.Tests.BadInput;

public sealed class BadBodyTests(ProductHost product)
{
    private static readonly bool[] Either = [false, true];

    public static TheoryData<string> BodyRoutes => [.. HttpRoute.All.Where(route => route.TakesBody).Select(route => route.Function)];

    public static TheoryData<string> OtherRoutes => [.. HttpRoute.All.Where(route => route is { TakesBody: false, WantsProof: false }).Select(route => route.Function)];

    [Theory]
    [MemberData(nameof(BodyRoutes))]
    public Task What_is_no_JSON_object_is_refused(string function) =>
        Refusals.AssertAsync(product, BrokenJson.Of(SampleBodies.ByFunction[function]).Select(broken =>
            Of(function, broken.What, 400, "invalid_json") with { Blames = "body", Body = broken.Bytes }));

    [Theory]
    [MemberData(nameof(BodyRoutes))]
    public Task A_body_over_one_MiB_is_refused(string function) =>
        Refusals.AssertAsync(product, from chunked in Either
                                      select Of(function, $"1 MiB and 1 byte, chunked {chunked}", 413, "body_too_large") with
                                      {
                                          Body = Filled(function, Limits.JsonBodyBytes + 1),
                                          Chunked = chunked,
                                      });

    [Theory]
    [MemberData(nameof(BodyRoutes))]
    public async Task A_body_of_one_MiB_is_read(string function)
    {
        var client = await product.ClientAsync();
        var attempt = Of(function, "1 MiB", 0, null) with { Body = Filled(function, Limits.JsonBodyBytes), Path = $"{HttpRoute.Of(function).Path()}?nope=1" };
        using var request = attempt.Request(client.BaseAddress!);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains("\"nope\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BodyRoutes))]
    public Task A_wrong_content_type_is_refused(string function)
    {
        string?[] types =
        [
            null, "text/plain", "application/xml", "application/jsonx", "application/json; charset=utf-16", "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x", "json", "nonsense/", "application/problem+json",
            .. HttpRoute.Of(function).Method == "PATCH" ? [] : new[] { "application/merge-patch+json" },
        ];
        return Refusals.AssertAsync(product, types.Select(type =>
            Of(function, $"as {type ?? "nothing"}", 415, "unsupported_media_type") with { ContentType = type }));
    }

    [Theory]
    [MemberData(nameof(BodyRoutes))]
    public async Task No_body_is_refused_unless_none_is_needed(string function)
    {
        var route = HttpRoute.Of(function);
        if (function is nameof(PutGroupMember) or nameof(AwardRetroactively) or nameof(ReplayDeadLetter)
            or nameof(CancelJob) or nameof(ResumeJob) or nameof(RetryJob) or nameof(ApplyPlan) or nameof(UndoJob))
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Path());
            using var answer = await (await product.ClientAsync()).SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode is 202 or 204 or 404 or 409, $"{route}: {answer}");
        }
        else
        {
            await Refusals.AssertAsync(product, from type in new[] { null, "application/json" }
                                                from body in new[] { null, Array.Empty<byte>() }
                                                select Of(function, "empty", 400, "invalid_json") with { Body = body, ContentType = type, Blames = "body" });
        }
    }

    [Theory]
    [MemberData(nameof(OtherRoutes))]
    public Task The_body_of_a_call_that_needs_none_is_not_read(string function) =>
        Refusals.AssertAsync(product, from body in new[] { "{", new string('x', Limits.JsonBodyBytes + 1) }
                                      select Of(function, "needless body", 400, "invalid_request") with
                                      {
                                          Path = $"{HttpRoute.Of(function).Path()}?nope=1",
                                          Body = Encoding.UTF8.GetBytes(body),
                                          ContentType = "text/plain",
                                          Blames = "nope",
                                      });

    private static Attempt Of(string function, string what, int status, string? code)
    {
        var route = HttpRoute.Of(function);
        return new Attempt(what, route.Method, route.Path(), status, code)
        {
            Body = route.TakesBody ? Encoding.UTF8.GetBytes(SampleBodies.ByFunction[function]) : null,
        };
    }

    private static byte[] Filled(string function, int length) => Encoding.UTF8.GetBytes(SampleBodies.ByFunction[function].PadRight(length));
}
