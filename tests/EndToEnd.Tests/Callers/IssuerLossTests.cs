using System.Net;
using System.Net.Http.Headers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.TestWorlds.Http;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.Callers;

public sealed class IssuerLossTests
{
    [Fact]
    public async Task An_issuer_that_cannot_be_reached_is_503_and_comes_back_by_itself()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var issuer = await TestIssuer.StartAsync();
        issuer.IsUp = false;
        await using var host = await HostProcess.StartAsync(new HostProcessOptions
        {
            Settings = new Dictionary<string, string> { ["Auth__Authority"] = issuer.Authority, ["Auth__Audience"] = TestIssuer.Audience },
        });
        using var alive = await host.Client.GetAsync("api/health", cancelled);
        using var nobody = await host.Client.GetAsync("api/jobs", cancelled);
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issuer.Token("sue", [nameof(CallerRole.Superadmin)]));
        using var unjudged = await host.Client.GetAsync("api/jobs", cancelled);

        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unjudged.StatusCode);
        Assert.NotNull(unjudged.Headers.RetryAfter);
        Assert.Contains("issuer_unavailable", await unjudged.Content.ReadAsStringAsync(cancelled), StringComparison.Ordinal);

        issuer.IsUp = true;
        await Task.Delay(unjudged.Headers.RetryAfter.Delta!.Value, cancelled);
        using var judged = await host.Client.GetAsync("api/jobs", cancelled);

        Assert.Equal(HttpStatusCode.OK, judged.StatusCode);
    }
}
