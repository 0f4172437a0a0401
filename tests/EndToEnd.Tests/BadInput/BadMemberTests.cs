using System.Text;

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

    private static Attempt Of(string function, string path, string body)
    {
        var route = HttpRoute.Of(function);
        var what = body.Length <= 400 ? body : $"{body[..400]}…";
        return new Attempt($"{path} in {what}", route.Method, route.Path(), 400, "invalid_request", path) { Body = Encoding.UTF8.GetBytes(body) };
    }
}
