using System.Net;
using System.Text;

namespace CertFunctions.EndToEnd.Tests.BadInput;

public sealed class RoutesTests(ProductHost product)
{
    private static readonly string[] Verbs = ["GET", "PUT", "POST", "PATCH", "DELETE"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Functions => [.. HttpRoute.All.Select(route => route.Function)];

    public static TheoryData<string> Templates => [.. HttpRoute.All.Select(route => route.Template).Distinct()];

    [Fact]
    public void Every_route_with_a_body_has_a_sample() => Assert.Equal(
        HttpRoute.All.Where(route => route.TakesBody).Select(route => route.Function).Order(StringComparer.Ordinal),
        SampleBodies.ByFunction.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_sample_is_taken()
    {
        await AssertTakenAsync("PUT", "/api/branches/bad-input-parent", """{"name":"All"}""");
        foreach (var (function, body) in SampleBodies.ByFunction.Where(sample => !SampleBodies.NameNothing.Contains(sample.Key)))
        {
            await AssertTakenAsync(HttpRoute.Of(function).Method, HttpRoute.Of(function).Path(), body);
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task No_answer_may_be_stored(string function)
    {
        var route = HttpRoute.Of(function);
        var client = await product.ClientAsync();
        var body = route.TakesBody ? Encoding.UTF8.GetBytes(SampleBodies.ByFunction[function]) : null;
        using var request = new Attempt("", route.Method, route.Path(), 0) { Body = body }.Request(client.BaseAddress!);
        using var answer = await client.SendAsync(request, Cancellation);

        Assert.True(answer.Headers.CacheControl?.NoStore, $"{route}: {answer}");
        Assert.InRange((int)answer.StatusCode, 200, 499);
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task A_verb_that_no_function_takes_is_404(string template)
    {
        var client = await product.ClientAsync();
        var routes = HttpRoute.All.Where(route => route.Template == template).ToList();
        foreach (var verb in Verbs.Except(routes.Select(route => route.Method)))
        {
            using var request = new HttpRequestMessage(new HttpMethod(verb), routes[0].Path());
            using var answer = await client.SendAsync(request, Cancellation);

            Assert.Equal((verb, HttpStatusCode.NotFound), (verb, answer.StatusCode));
        }
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/nope")]
    [InlineData("/api/users/u-1/nope")]
    [InlineData("/api/users/../../etc/passwd")]
    [InlineData("/api/users/%2e%2e/nope")]
    [InlineData("/api/users/a/b/c/d")]
    [InlineData("/api//users")]
    [InlineData("/api/users/%00")]
    [InlineData("/%F0%9F%94%A5")]
    public async Task What_is_no_route_is_a_4xx(string path)
    {
        var client = await product.ClientAsync();
        using var request = new Attempt("", "GET", path, 404).Request(client.BaseAddress!);
        using var answer = await client.SendAsync(request, Cancellation);

        Assert.InRange((int)answer.StatusCode, 400, 499);
    }

    private async Task AssertTakenAsync(string method, string path, string body)
    {
        var client = await product.ClientAsync();
        using var request = new Attempt("", method, path, 200) { Body = Encoding.UTF8.GetBytes(body) }.Request(client.BaseAddress!);
        using var answer = await client.SendAsync(request, Cancellation);

        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancellation)}");
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }
}
