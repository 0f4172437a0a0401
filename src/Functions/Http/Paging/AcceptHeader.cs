using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CertFunctions.Functions.Http.Paging;

/// <summary>Which types a caller takes (RFC 9110, 12.5.1). A header that cannot be read says nothing.</summary>
internal static class AcceptHeader
{
    public const string Json = "application/json";

    public static bool Accepts(this HttpRequest request, string mediaType) => QualityOf(Ranges(request), mediaType) > 0;

    /// <summary>Whether the caller would rather have this type than JSON; of two that it likes alike, the one that it names.</summary>
    public static bool Prefers(this HttpRequest request, string mediaType)
    {
        var ranges = Ranges(request);
        var (wanted, json) = (QualityOf(ranges, mediaType), QualityOf(ranges, Json));
        return wanted > 0 && (wanted > json || (wanted == json && ranges.Any(range => Names(range, mediaType))));
    }

    private static IList<MediaTypeHeaderValue> Ranges(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var ranges) ? ranges : [];

    /// <summary>The most specific range that holds the type decides; without ranges every type is as good as another.</summary>
    private static double QualityOf(IList<MediaTypeHeaderValue> ranges, string mediaType)
    {
        var type = mediaType[..mediaType.IndexOf('/', StringComparison.Ordinal)];
        return Best(range => Names(range, mediaType))
            ?? Best(range => range.MatchesAllSubTypes && range.Type.Equals(type, StringComparison.OrdinalIgnoreCase))
            ?? Best(range => range.MatchesAllTypes)
            ?? (ranges.Count == 0 ? 1 : 0);

        double? Best(Func<MediaTypeHeaderValue, bool> holds) => ranges.Where(holds).Select(range => range.Quality ?? 1).Cast<double?>().Max();
    }

    private static bool Names(MediaTypeHeaderValue range, string mediaType) => range.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);
}
