using System.Net.Http.Headers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.TestWorlds.Http;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.Callers;

/// <summary>The app as it runs for others: with an issuer, and with the platform's own sign-in.</summary>
public sealed class GuardedApp : IAsyncLifetime
{
    /// <summary>More than the routes that write: a walk over all of them is not slowed down.</summary>
    public const int WritesPerMinute = 200;

    private HostProcess? host;
    private TestIssuer? issuer;

    public TestIssuer Issuer => issuer!;

    public HttpClient Client => host!.Client;

    public string Superadmin => Issuer.Token("sue", [nameof(CallerRole.Superadmin)]);

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync();
        host = await HostProcess.StartAsync(new HostProcessOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["Auth__Authority"] = issuer.Authority,
                ["Auth__Audience"] = TestIssuer.Audience,
                ["WEBSITE_AUTH_ENABLED"] = "True",
                ["Limits__WritesPerMinute"] = $"{WritesPerMinute}",
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        if (issuer is not null)
        {
            await issuer.DisposeAsync();
        }
    }

    /// <summary>As a page of the app sends it.</summary>
    internal Task<HttpResponseMessage> SendAsync(PublishedRoute route, string? token) =>
        SendAsync(route.Method, route.Path, token, request => request.Headers.Add("Sec-Fetch-Site", "same-origin"));

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        change?.Invoke(request);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
