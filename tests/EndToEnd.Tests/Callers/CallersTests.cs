using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CertFunctions.Functions.Http.Callers;

namespace CertFunctions.EndToEnd.Tests.Callers;

/// <summary>Every route of the running app, against everybody who has no business there.</summary>
public sealed class CallersTests(GuardedApp app) : IClassFixture<GuardedApp>
{
    [Fact]
    public void Only_these_routes_are_open()
    {
        Assert.True(PublishedRoute.All.Count > 50, $"{PublishedRoute.All.Count} routes");
        Assert.Equal(
            ["/api/docs", "/api/docs/assets/nobody", "/api/docs/errors", "/api/health", "/api/health/ready", "/api/openapi.json", "/api/webhooks/lms", "/assets/nobody"],
            PublishedRoute.All.Except(PublishedRoute.Guarded).Select(route => route.Path).Distinct().Order(StringComparer.Ordinal));
        Assert.All(PublishedRoute.All.Where(route => route.IsOpen), route => Assert.True(route.IsRead, $"{route}"));
    }

    [Fact]
    public async Task Without_a_token_every_route_says_401()
    {
        Assert.Empty(await WrongAsync(PublishedRoute.Guarded, null, HttpStatusCode.Unauthorized, challenge: "Bearer"));
    }

    [Fact]
    public async Task With_a_bad_token_of_any_kind_every_route_says_401()
    {
        var wrong = new List<string>();
        foreach (var (kind, token) in app.Issuer.BadTokens())
        {
            var found = await WrongAsync(PublishedRoute.Guarded, token, HttpStatusCode.Unauthorized, challenge: "Bearer error=\"invalid_token\"");
            wrong.AddRange(found.Select(route => $"{kind}: {route}"));
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Basic c3VlOnNlY3JldA==")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Token abc")]
    public async Task Another_kind_of_proof_is_401(string authorization)
    {
        using var answer = await app.SendAsync(
            HttpMethod.Get, "api/jobs", token: null, request => request.Headers.TryAddWithoutValidation("Authorization", authorization));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("code")]
    public async Task A_token_in_the_query_is_never_looked_at(string parameter)
    {
        using var answer = await app.SendAsync(HttpMethod.Get, $"api/jobs?{parameter}={app.Superadmin}", token: null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Who_has_no_role_reads_their_own_awards_and_nothing_else()
    {
        // Whoever reads a page that is not theirs is taken to their own.
        Assert.Empty(await WrongAsync(
            PublishedRoute.Guarded.Where(route => route is { IsForLearners: false } and not { IsPage: true, IsRead: true }), app.Issuer.Token("u-1"), HttpStatusCode.Forbidden));
        Assert.Empty(await WrongAsync(PublishedRoute.Guarded.Where(route => route.IsForLearners), app.Issuer.Token("u-1"), HttpStatusCode.OK));
    }

    [Fact]
    public async Task An_auditor_reads_everything_and_writes_nothing()
    {
        var auditor = app.Issuer.Token("otto", [nameof(CallerRole.Auditor)]);

        Assert.Empty(await WrongAsync(PublishedRoute.Guarded.Where(route => !route.IsRead), auditor, HttpStatusCode.Forbidden));
        // A dialog that writes is a page that only those see who may.
        Assert.Empty(await ClosedAsync(PublishedRoute.Guarded.Where(route => route is { IsRead: true, IsPage: false }), auditor));
    }

    [Fact]
    public async Task A_superadmin_may_do_everything() =>
        // The start leads to another page, and the client leaves its token behind on the way.
        Assert.Empty(await ClosedAsync(PublishedRoute.Guarded.Where(route => route.Path != "/"), app.Superadmin));

    [Theory]
    [InlineData("superadmin")]
    [InlineData("SUPERADMIN")]
    [InlineData(" Superadmin")]
    [InlineData("Superadmin ")]
    [InlineData("Superadmin,Auditor")]
    [InlineData("Superadministrator")]
    [InlineData("auditor")]
    public async Task Roles_are_matched_exactly(string role)
    {
        using var answer = await app.SendAsync(HttpMethod.Get, "api/jobs", app.Issuer.Token("eve", [role]));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_opens_no_webhook()
    {
        using var answer = await app.SendAsync(HttpMethod.Post, "api/webhooks/lms", app.Superadmin);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task An_open_route_does_not_mind_a_bad_token()
    {
        foreach (var route in PublishedRoute.All.Where(route => route.IsOpen))
        {
            using var open = await app.SendAsync(route, token: "letmein");
            Assert.Equal(route.Path.EndsWith("/nobody", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK, open.StatusCode);
        }
    }

    [Fact]
    public async Task Whoever_the_token_names_is_the_author_and_sees_their_own()
    {
        await PutAsync("api/users/u-own", new { username = "own.user", firstName = "Own", lastName = "User" });
        await PutAsync("api/certifications/OWN-1", new { title = "Own" });
        using var awarded = await app.SendAsync(
            HttpMethod.Post,
            "api/certifications/OWN-1/awards",
            app.Superadmin,
            request => request.Content = new StringContent("""{"users":["u-own"]}""", Encoding.UTF8, "application/json"));
        var job = await JsonAsync(awarded);
        using var mine = await app.SendAsync(HttpMethod.Get, "api/me/awards", app.Issuer.Token("u-own"));
        using var others = await app.SendAsync(HttpMethod.Get, "api/me/awards", app.Issuer.Token("u-other"));

        Assert.Equal("sue", job.GetProperty("requestedBy").GetString());
        Assert.Equal("sue", (await JsonAsync(mine)).GetProperty("items")[0].GetProperty("awardedBy").GetString());
        Assert.Empty((await JsonAsync(others)).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("Superadmin", HttpStatusCode.OK)]
    [InlineData("Auditor", HttpStatusCode.OK)]
    [InlineData("superadmin", HttpStatusCode.Forbidden)]
    public async Task Whom_the_platform_has_signed_in_may_what_their_role_may(string role, HttpStatusCode expected)
    {
        using var answer = await app.SendAsync(HttpMethod.Get, "api/jobs", token: null, request => SignIn(request, role));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "none", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.NotFound)]
    public async Task A_write_that_a_cookie_signs_in_must_come_from_a_page_of_ours(string? header, string? value, HttpStatusCode expected)
    {
        using var answer = await app.SendAsync(HttpMethod.Delete, "api/groups/nobody", token: null, request =>
        {
            SignIn(request, "Superadmin");
            if (header is not null)
            {
                request.Headers.TryAddWithoutValidation(header, value);
            }
        });

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Our_own_origin_will_do_where_a_browser_does_not_say_more()
    {
        using var answer = await app.SendAsync(HttpMethod.Delete, "api/groups/nobody", token: null, request =>
        {
            SignIn(request, "Superadmin");
            request.Headers.Add("Origin", app.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        });

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Who_writes_too_much_hears_when_to_come_again_and_may_go_on_reading()
    {
        var busy = app.Issuer.Token("busy", [nameof(CallerRole.Superadmin)]);
        for (var i = 0; i < GuardedApp.WritesPerMinute; i++)
        {
            using var write = await app.SendAsync(HttpMethod.Delete, "api/groups/nobody", busy);
            Assert.Equal(HttpStatusCode.NotFound, write.StatusCode);
        }

        using var tooMany = await app.SendAsync(HttpMethod.Delete, "api/groups/nobody", busy);
        using var read = await app.SendAsync(HttpMethod.Get, "api/jobs", busy);

        Assert.Equal(HttpStatusCode.TooManyRequests, tooMany.StatusCode);
        Assert.InRange(tooMany.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Contains("too_many_requests", await tooMany.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task Every_answer_tells_browsers_to_keep_and_run_nothing()
    {
        foreach (var path in (string[])["api/health", "api/jobs"])
        {
            using var answer = await app.SendAsync(HttpMethod.Get, path, token: null);

            Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.Equal(["default-src 'none'; frame-ancestors 'none'"], answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
            Assert.Equal(["same-origin"], answer.Headers.GetValues("Cross-Origin-Resource-Policy"));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    private static void SignIn(HttpRequestMessage request, string role) => request.Headers.Add(
        "X-MS-CLIENT-PRINCIPAL",
        Convert.ToBase64String(Encoding.UTF8.GetBytes(
            JsonSerializer.Serialize(new { auth_typ = "aad", claims = new[] { new { typ = "sub", val = "page-user" }, new { typ = "roles", val = role } } }))));

    private static Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    private async Task PutAsync(string path, object body)
    {
        using var answer = await app.SendAsync(HttpMethod.Put, path, app.Superadmin, request => request.Content = JsonContent.Create(body));
        answer.EnsureSuccessStatusCode();
    }

    /// <returns>Which routes answer anything else, or without what the status asks for.</returns>
    private Task<IReadOnlyCollection<string>> WrongAsync(
        IEnumerable<PublishedRoute> routes, string? token, HttpStatusCode expected, string? challenge = null) => FindAsync(routes, token, async answer =>
    {
        var body = await answer.Content.ReadAsStringAsync();
        var hasCode = expected == HttpStatusCode.OK || answer.RequestMessage!.Method == HttpMethod.Head
            || body.Contains(expected == HttpStatusCode.Unauthorized ? "\"unauthenticated\"" : "\"forbidden\"", StringComparison.Ordinal);
        return answer.StatusCode != expected || !hasCode || (challenge is not null && answer.Headers.WwwAuthenticate.ToString() != challenge);
    });

    /// <returns>Which routes do not let the caller in.</returns>
    private Task<IReadOnlyCollection<string>> ClosedAsync(IEnumerable<PublishedRoute> routes, string token) => FindAsync(
        routes, token, answer => Task.FromResult(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or >= HttpStatusCode.InternalServerError));

    private async Task<IReadOnlyCollection<string>> FindAsync(
        IEnumerable<PublishedRoute> routes, string? token, Func<HttpResponseMessage, Task<bool>> isWrong)
    {
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(routes, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (route, _) =>
        {
            using var answer = await app.SendAsync(route, token);
            if (await isWrong(answer))
            {
                wrong.Add($"{route.Method} {route.Path}: {(int)answer.StatusCode}");
            }
        });
        return wrong;
    }
}
