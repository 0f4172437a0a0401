using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CertFunctions.EndToEnd.Tests.BadInput;
using CertFunctions.EndToEnd.Tests.Callers;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.EndToEnd.Tests.ApiDescriptions;

/// <summary>The description says what the published app has: no more, no less.</summary>
public sealed class DescriptionTests(ProductHost product)
{

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Routes => [.. HttpRoute.All.Select(route => route.Function)];

    public static TheoryData<string> RoutesWithBody => [.. HttpRoute.All.Where(route => route.TakesBody).Select(route => route.Function)];

    [Fact]
    public void Every_published_route_is_described_under_the_name_of_its_function_and_nothing_else() => Assert.Equal(
        PublishedRoute.OfApi.Where(route => route.Method != HttpMethod.Head).Select(route => $"{route.Function} {route.Method} {route.Path}").Order(StringComparer.Ordinal),
        ApiDescription.Current.Operations.Select(operation => $"{operation.Id} {operation.Method} {WithNobody(operation.Path)}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_operation_says_how_its_callers_prove_who_they_are() => Assert.All(PublishedRoute.OfApi, route => Assert.Equal(
        route.IsOpen ? [] : route.IsWebhook ? ["lmsSignature", "lmsBasic"] : null,
        ApiDescription.Current.Operations.Single(operation => operation.Id == route.Function).Security));

    [Fact]
    public void Every_operation_has_a_summary_and_every_parameter_an_explanation()
    {
        Assert.All(ApiDescription.Current.Operations, operation => Assert.NotEmpty((string)operation.Json["summary"]!));
        Assert.All(
            ApiDescription.Current.Operations.SelectMany(operation => operation.Parameters), parameter => Assert.NotEmpty((string)parameter["description"]!));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_call_knows_the_query_parameters_that_are_described(string function)
    {
        var route = HttpRoute.Of(function);
        var described = ApiDescription.Current.Operations.Single(operation => operation.Id == function);

        var known = await KnownAsync(route, $"{route.Path()}?nope=1", route.TakesBody ? "{}" : null, "nope");

        Assert.Equal(
            described.ParametersIn("query").Select(parameter => (string)parameter["name"]!).Order(StringComparer.Ordinal), known);
    }

    [Theory]
    [MemberData(nameof(RoutesWithBody))]
    public async Task A_body_has_the_members_that_are_described(string function)
    {
        var route = HttpRoute.Of(function);
        var described = ApiDescription.Current.Operations.Single(operation => operation.Id == function);

        Assert.Equal(described.Members.Order(StringComparer.Ordinal), await KnownAsync(route, route.Path(), """{"nope":1}""", "nope"));
    }

    [Fact]
    public async Task The_document_is_served_as_it_is_and_so_is_its_page()
    {
        var client = await product.ClientAsync();
        using var document = await client.GetAsync("api/openapi.json", Cancellation);
        Assert.Equal("3.1.0", JsonElement.Parse(await document.Content.ReadAsByteArrayAsync(Cancellation)).GetProperty("openapi").GetString());

        using var page = await client.GetAsync("api/docs", Cancellation);
        var html = await page.Content.ReadAsStringAsync(Cancellation);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        var assets = html.Split('"').Where(part => part.StartsWith("/api/docs/assets/", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, assets.Count);
        Assert.DoesNotContain("//", html.Replace("/api/", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var asset in assets)
        {
            using var answer = await client.GetAsync(asset, Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(asset.EndsWith(".css", StringComparison.Ordinal) ? "text/css" : "text/javascript", answer.Content.Headers.ContentType!.MediaType);
            Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
        }

        using var missing = await client.GetAsync("api/docs/assets/openapi.json", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private static string WithNobody(string path) =>
        string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? "nobody" : part));

    /// <summary>What a refusal of an unknown name says that the call knows.</summary>
    private async Task<IEnumerable<string>> KnownAsync(HttpRoute route, string path, string? body, string name)
    {
        var client = await product.ClientAsync();
        using var request = new Attempt("", route.Method, path, 400) { Body = body is null ? null : Encoding.UTF8.GetBytes(body) }.Request(client.BaseAddress!);
        using var answer = await client.SendAsync(request, Cancellation);
        var why = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["errors"]?[name]?[0];
        Assert.True(why is not null, $"{route.Function} takes {name}.");
        return ((string)why!).Split("known are: ")[1].Split(", ", StringSplitOptions.RemoveEmptyEntries);
    }
}
