using Microsoft.Net.Http.Headers;

namespace CertFunctions.Functions.Http.Requests;

/// <summary>Which bodies a function takes.</summary>
internal sealed record BodyRules(bool MayBeEmpty, bool IsPatch)
{
    private const string Json = "application/json";
    private const string MergePatch = "application/merge-patch+json";

    public string Types => IsPatch ? $"{MergePatch} or {Json}" : Json;

    public bool Allows(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (Is(type, Json) || (IsPatch && Is(type, MergePatch)))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static bool Is(MediaTypeHeaderValue type, string name) => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase);
}
