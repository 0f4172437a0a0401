using System.Text;

namespace CertFunctions.EndToEnd.Tests.BadInput;

public sealed class BadRouteValueTests(ProductHost product)
{
    private const int IdLength = 128;
    private const int CodeLength = 64;

    /// <summary>In percent-encoding.</summary>
    private static readonly string[] NoIds =
    [
        "a%2Fb", "a%5Cb", "a%23b", "a%3Fb", "a%25b", "a%252Fb", "%F0%9F%94%A5", "a%01", "a%0A", "a%0D%0Ab", "a%7F", "a%C2%85", "%20", "a%20", "a+b",
        "%ED%A0%80", "%ED%B0%80", "%FF", "a%C0%AF", "%zz", "%EF%BF%BD", "a%E2%80%AEb", "a%E2%80%8Bb", "%C3%A4", "%EF%BC%A1", "%C4%B1", "-a", ".a", "_a",
        "@a", "a!b", "a'b", "a*b", "a;b", "a:b", "a%3Cb%3E", "a%22b",
    ];

    public static TheoryData<string> Routes => [.. HttpRoute.All.Where(route => route.Parameters.Count > 0).Select(route => route.Function)];

    [Theory]
    [MemberData(nameof(Routes))]
    public Task Refuses_what_is_no_id_and_blames_it(string function)
    {
        var route = HttpRoute.Of(function);
        return Refusals.AssertAsync(product, from parameter in route.Parameters
                                             from value in NoIds.Append(new string('a', Longest(parameter) + 1))
                                             select Of(route, parameter, value) with { Status = 400, Code = "invalid_request", Blames = parameter });
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Takes_the_longest_id(string function)
    {
        var route = HttpRoute.Of(function);
        foreach (var parameter in route.Parameters)
        {
            var attempt = Of(route, parameter, new string('a', Longest(parameter)));
            var client = await product.ClientAsync();
            using var request = attempt.Request(client.BaseAddress!);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.InRange((int)answer.StatusCode, 200, 499);
            Assert.DoesNotContain($"\"{parameter}\":[", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    private static Attempt Of(HttpRoute route, string parameter, string value) =>
        new(parameter, route.Method, route.Path(parameter, value), 0)
        {
            Body = route.TakesBody ? Encoding.UTF8.GetBytes(BodyOf(route)) : null,
        };

    /// <summary>A longest id must not fail for what the body names, nor for a username that another id has.</summary>
    private static string BodyOf(HttpRoute route) => route.Function switch
    {
        "PutUser" => """{"username":"longest","firstName":"","lastName":""}""",
        "PutBranch" => """{"name":"longest"}""",
        _ => SampleBodies.ByFunction[route.Function],
    };

    private static int Longest(string parameter) => parameter switch
    {
        "code" => CodeLength,
        "id" => 32,
        _ => IdLength,
    };
}
