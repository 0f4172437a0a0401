using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CertFunctions.Functions.Http;

internal static class AcceptHeader
{
    /// <summary>Whether the caller names this media type and would not rather have JSON (RFC 9110, 12.5.1).</summary>
    public static bool Prefers(this HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var accepted)
        && QualityOf(accepted, mediaType) is var wanted and > 0
        && wanted >= QualityOf(accepted, "application/json");

    private static double QualityOf(IList<MediaTypeHeaderValue> accepted, StringSegment mediaType) =>
        accepted.Where(type => type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
            .Select(type => type.Quality ?? 1)
            .DefaultIfEmpty(0)
            .Max();
}
