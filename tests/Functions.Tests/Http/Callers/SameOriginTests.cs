using CertFunctions.Functions.Http.Callers;
using CertFunctions.TestWorlds;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Tests.Http.Callers;

public sealed class SameOriginTests
{
    [Theory]
    [InlineData("same-origin", null, true)]
    [InlineData("cross-site", null, false)]
    [InlineData("same-site", null, false)]
    [InlineData("none", null, false)]
    [InlineData("cross-site", "https://certs.example", false)]
    [InlineData(null, null, false)]
    [InlineData(null, "https://certs.example", true)]
    [InlineData(null, "https://CERTS.example", true)]
    [InlineData(null, "https://app-1.azurewebsites.net", true)]
    [InlineData(null, "https://certs.example.evil", false)]
    [InlineData(null, "https://certs.example:444", false)]
    [InlineData(null, "null", false)]
    public void Only_our_own_pages_count(string? site, string? origin, bool expected)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString("certs.example");
        request.Headers["Sec-Fetch-Site"] = site;
        request.Headers.Origin = origin;
        var settings = TestSettings.Of(("WEBSITE_HOSTNAME", "app-1.azurewebsites.net"));

        Assert.Equal(expected, new SameOrigin(settings).Sent(request));
    }
}
