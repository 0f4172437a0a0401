using System.Text;
using CertFunctions.Functions.Awarding;

namespace CertFunctions.EndToEnd.Tests.BadInput;

public sealed class BadMemberTests(ProductHost product)
{
    private static readonly string[] UnknownNames = ["nope", "Name", "TITLE", "__proto__", "$type", "🔥"];

    public static TheoryData<string> BodyRoutes => [.. HttpRoute.All.Where(route => route.TakesBody).Select(route => route.Function)];

    [Theory]
    [MemberData(nameof(BodyRoutes))]
    public Task An_unknown_member_is_refused_and_named(string function)
    {
        var sample = SampleBodies.ByFunction[function].TrimEnd()[..^1];
        var comma = sample == "{" ? "" : ",";
        return Refusals.AssertAsync(product, UnknownNames.Select(name =>
            Of(function, name, $"{sample}{comma}\"{name}\":null}}")));
    }

    [Theory]
    [MemberData(nameof(BodyRoutes))]
    public Task A_bad_value_is_refused_and_named(string function)
    {
        var spoilt = BadMembers.Of(SampleBodies.ByFunction[function]).ToList();
        return spoilt.Count == 0
            ? Refusals.AssertAsync(product, [Of(function, "a", """{"a":1}""")])
            : Refusals.AssertAsync(product, spoilt.Select(bad => Of(function, bad.Path, bad.Body)));
    }

    [Fact]
    public async Task An_array_of_10_000_entries_is_read()
    {
        var client = await product.ClientAsync();
        var users = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"many-{i}\""));
        using var request = Of(nameof(AwardUsers), "users", $$"""{"users":[{{users}}]}""").Request(client.BaseAddress!);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.NotEqual(400, (int)answer.StatusCode);
        Assert.InRange((int)answer.StatusCode, 400, 499);
    }

    private static Attempt Of(string function, string path, string body)
    {
        var route = HttpRoute.Of(function);
        var what = body.Length <= 400 ? body : $"{body[..400]}…";
        return new Attempt($"{path} in {what}", route.Method, route.Path(), 400, "invalid_request", path) { Body = Encoding.UTF8.GetBytes(body) };
    }
}
