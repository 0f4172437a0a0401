using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>
/// Tells whether a page of ours sent a call. A browser adds the platform's cookie to whatever any page sends there, but only we know our
/// pages; the two headers are the browser's own, no page can set them (Fetch Metadata; RFC 6454).
/// </summary>
internal sealed class SameOrigin(IConfiguration settings)
{
    private const string SecFetchSite = "Sec-Fetch-Site";

    /// <summary>What the platform calls us; a name of one's own arrives as the Host.</summary>
    private readonly string? hostName = settings["WEBSITE_HOSTNAME"];

    public bool Sent(HttpRequest request) =>
        request.Headers[SecFetchSite] is ["same-origin"]
        || (request.Headers[SecFetchSite].Count == 0
            && request.Headers.Origin is [{ } origin]
            && Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && (Is(uri, request.Host.Value) || Is(uri, hostName)));

    private static bool Is(Uri origin, string? host) => string.Equals(origin.Authority, host, StringComparison.OrdinalIgnoreCase);
}
