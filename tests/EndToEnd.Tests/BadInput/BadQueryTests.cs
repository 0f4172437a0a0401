using System.Text;

namespace CertFunctions.EndToEnd.Tests.BadInput;

/// <summary>No route may take any of these: a parameter is wrong where it is known and unknown elsewhere.</summary>
public sealed class BadQueryTests(ProductHost product)
{
    private static readonly string[] BadQueries =
    [
        "nope=1", "nope", "=1", "%00=1", "%F0%9F%94%A5=1", "Limit=1", "$filter=a",
        "limit=0", "limit=201", "limit=-1", "limit=1.5", "limit=abc", "limit=", "limit=99999999999999999999", "limit=%D9%A1", "limit=1%2C000",
        "limit=1&limit=1", "limit=0x1", "limit=%201",
        "cursor=", "cursor=x", "cursor=%00", "cursor=%F0%9F%94%A5", "cursor=AAAA&cursor=AAAA", "cursor=../../etc", "cursor=%ED%A0%80",
        "status=nope", "status=", "status=0", "status=Valid", "status=valid,expired", "status=valid&status=valid", "status=%20valid",
        "kind=nope", "kind=0", "outcome=nope", "outcome=0", "sort=nope", "sort=0", "sort=expiresOn&sort=username",
        "expiresFrom=2026-02-30", "expiresFrom=2026-2-3", "expiresFrom=20260203", "expiresFrom=1899-12-31", "expiresFrom=",
        "expiresFrom=2026-01-01T00%3A00%3A00Z", "expiresTo=10000-01-01", "expiresTo=9999-12-32", "expiresTo=%D9%A2026-01-01", "expiresTo=today",
        "expiresTo=2026-01-01&expiresTo=2026-01-01", "asOf=nope",
        "branch=", "branch=a%2Fb", "branch=%F0%9F%94%A5", "group=a%23", "group=a&group=a", "group=a%00",
        "search=a&search=b", "search=%00", "search=a%01", "search=%ED%A0%80", "search=%FF", "search=%EF%BF%BD", "search=%20",
        "active=maybe", "active=1", "active=", "months=0", "months=121", "months=1.5", "months=", "months=1&months=1",
        "reason=%07", "reason=a&reason=a", "dryRun=maybe", "onExisting=nope",
    ];

    /// <summary>One over the limit of a search, and of everything that is shorter.</summary>
    private static readonly string[] LongQueries =
        [$"search={new string('a', 256)}", $"reason={new string('a', 1001)}", $"cursor={new string('a', 5000)}", $"group={new string('a', 129)}"];

    public static TheoryData<string> Routes => [.. HttpRoute.All.Where(route => !route.WantsProof).Select(route => route.Function)];

    [Theory]
    [MemberData(nameof(Routes))]
    public Task Is_refused(string function)
    {
        var route = HttpRoute.Of(function);
        return Refusals.AssertAsync(product, BadQueries.Concat(LongQueries).Select(query =>
            new Attempt("", route.Method, $"{route.Path()}?{query}", 400)
            {
                Body = route.TakesBody ? Encoding.UTF8.GetBytes(SampleBodies.ByFunction[function]) : null,
            }));
    }
}
