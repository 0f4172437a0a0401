using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CertFunctions.EndToEnd.Tests.Callers;
using CertFunctions.Functions.Http.Callers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CertFunctions.EndToEnd.Tests.Pages;

/// <summary>Who sees what where the platform signs people in, and what another site can make a browser do.</summary>
[Collection(PagesApp.Collection)]
public sealed class SignInTests(PagesApp app, GuardedApp guarded) : IClassFixture<GuardedApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_auditor_sees_no_button_that_writes_and_cannot_post_by_hand()
    {
        await using var window = await OpenAsync(nameof(CallerRole.Auditor));
        await window.Page.GotoAsync("/certifications");

        await Expect(window.Heading("Certifications")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("audrey · Auditor")).ToBeVisibleAsync();
        await Expect(window.Button("New certification")).ToHaveCountAsync(0);
        await Expect(window.Link("Imports")).ToHaveCountAsync(0);
        await Expect(window.Page.GetByText("Development: everybody")).ToHaveCountAsync(0);
        foreach (var path in (string[])["/jobs", "/forecast", "/users", "/webhooks", "/audit"])
        {
            Assert.Equal(200, (await window.Page.GotoAsync(path))!.Status);
            await Expect(window.Page.Locator("form[method=post], [hx-post]")).ToHaveCountAsync(0);
        }

        foreach (var path in (string[])["certifications/new", "certifications/X/archive", "certifications/X/awards/new", "certifications/X/awards/u-1/unassign",
            "jobs/X/cancel", "jobs/X/resume", "jobs/X/retry", "jobs/X/apply", "jobs/X/undo", "imports", "webhooks/X/replay", "webhooks/X/dismiss"])
        {
            using var posted = await PostAsync(path, nameof(CallerRole.Auditor), "same-origin");
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, posted.StatusCode));
        }
    }

    [Fact]
    public async Task Whoever_has_no_role_lands_on_their_own_page()
    {
        foreach (var path in (string[])["", "certifications", "certifications/X/awards"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(guarded.Client.BaseAddress!, path));
            SignIn(request, "Nobody");
            using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
            using var answer = await client.SendAsync(request, Cancellation);

            Assert.Equal((path, HttpStatusCode.SeeOther, "/me"), (path, answer.StatusCode, answer.Headers.Location?.ToString()));
        }
    }

    [Fact]
    public async Task A_learner_sees_what_they_hold_and_nothing_of_others()
    {
        foreach (var (method, path, body) in (IEnumerable<(HttpMethod, string, string)>)
        [
            (HttpMethod.Put, "api/users/audrey", """{"username":"audrey","firstName":"Audrey","lastName":"Alder"}"""),
            (HttpMethod.Put, "api/certifications/PAGE-OWN", """{"title":"Held by a learner"}"""),
            (HttpMethod.Post, "api/certifications/PAGE-OWN/awards", """{"users":["audrey"]}"""),
        ])
        {
            using var answer = await guarded.SendAsync(method, path, guarded.Superadmin, request => request.Content = new StringContent(body, Encoding.UTF8, "application/json"));
            answer.EnsureSuccessStatusCode();
        }

        await using var window = await OpenAsync("Nobody");
        await window.Page.GotoAsync("/");

        await Expect(window.Page).ToHaveURLAsync(new Regex("/me$"));
        await Expect(window.Heading("My certifications")).ToBeVisibleAsync();
        await Expect(window.Row("PAGE-OWN")).ToContainTextAsync("Held by a learner");
        Assert.Equal(["/", "/me"], (await window.Page.Locator("a[href^='/']").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))")).Distinct().Order());
        await window.InspectAsync("me-learner");
    }

    [Fact]
    public async Task Who_has_not_signed_in_is_shown_where_to()
    {
        await using var window = await app.OpenAsync(address: guarded.Client.BaseAddress);
        var answer = await window.Page.GotoAsync("/certifications?search=fire");

        Assert.Equal(401, answer!.Status);
        await Expect(window.Button("Sign in")).ToHaveAttributeAsync("href", "/.auth/login/aad?post_login_redirect_uri=%2Fcertifications%3Fsearch%3Dfire");
        await window.InspectAsync("sign-in");
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    [InlineData(null)]
    public async Task A_form_of_another_site_changes_nothing(string? site)
    {
        using var posted = await PostAsync("certifications/new", nameof(CallerRole.Superadmin), site);

        Assert.Equal(HttpStatusCode.Forbidden, posted.StatusCode);
        Assert.Contains("Not allowed", await posted.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_may_not_be_framed_and_loads_nothing_from_elsewhere()
    {
        await using var window = await OpenAsync(nameof(CallerRole.Superadmin));
        var answer = await window.Page.GotoAsync("/certifications");
        var headers = await answer!.AllHeadersAsync();

        Assert.Equal(
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            headers["content-security-policy"]);
        Assert.Equal(("nosniff", "same-origin", "no-store"), (headers["x-content-type-options"], headers["referrer-policy"], headers["cache-control"]));
    }

    private Task<Window> OpenAsync(string role) => app.OpenAsync(
        new BrowserNewContextOptions { ExtraHTTPHeaders = [new("X-MS-CLIENT-PRINCIPAL", Principal(role))] }, guarded.Client.BaseAddress);

    private Task<HttpResponseMessage> PostAsync(string path, string role, string? site) => guarded.SendAsync(HttpMethod.Post, path, token: null, request =>
    {
        SignIn(request, role);
        request.Content = new FormUrlEncodedContent([new("code", "EVIL"), new("title", "Evil")]);
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }
    });

    private static void SignIn(HttpRequestMessage request, string role) => request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Principal(role));

    private static string Principal(string role) => Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
        new { auth_typ = "aad", claims = new[] { new { typ = "sub", val = "audrey" }, new { typ = "roles", val = role } } })));
}
