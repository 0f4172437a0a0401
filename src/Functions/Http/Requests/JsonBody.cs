using System.Text.Json;
using System.Text.Unicode;
using CertFunctions.Core;
using CertFunctions.Functions.Http.Answers;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Http.Requests;

/// <summary>The one place where a JSON body is read and judged. It refuses; it does not throw, whatever the bytes are.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Limits.JsonDepth, AllowDuplicateProperties = false };

    /// <returns>The body's bytes with its root object (undefined when an allowed empty body was empty), or the problem.</returns>
    public static async Task<(byte[] Bytes, JsonElement Root, Problem? Problem)> ReadAsync(
        HttpRequest request, BodyRules rules, CancellationToken cancellationToken)
    {
        if (HasWrongType(request, rules) is { } wrongType)
        {
            return ([], default, wrongType);
        }

        var (bytes, tooLarge) = await RequestBytes.ReadAsync(request, Limits.JsonBodyBytes, cancellationToken);
        if (tooLarge is not null)
        {
            return ([], default, tooLarge);
        }

        if (bytes.Length == 0)
        {
            return (bytes, default, rules.MayBeEmpty ? null : Invalid("is empty, but a JSON object is needed"));
        }

        if (request.ContentType is null)
        {
            return (bytes, default, UnsupportedType(rules));
        }

        var (root, why) = Parse(bytes);
        return (bytes, root, why is null ? null : Invalid(why));
    }

    internal static (JsonElement Root, string? Why) Parse(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            return (default, "is not UTF-8");
        }

        try
        {
            // A byte order mark is no JSON, but some Windows tools cannot help writing it.
            var json = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
            // Before the parser, which throws InvalidOperationException at half a surrogate pair in a member's name.
            if (JsonText.Flaw(json) is { } flaw)
            {
                return (default, flaw);
            }

            var root = JsonElement.Parse(json, Strict);
            return root.ValueKind == JsonValueKind.Object ? (root, null) : (default, "must be a JSON object");
        }
        catch (JsonException e)
        {
            return (default, e.LineNumber is null && JsonText.RepeatedMember(bytes) is { } repeated
                ? $"has the member {repeated} twice"
                : $"is not valid JSON, of at most {Limits.JsonDepth} levels (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");
        }
    }

    private static Problem? HasWrongType(HttpRequest request, BodyRules rules)
    {
        var isEmpty = request.ContentLength == 0 && rules.MayBeEmpty;
        return isEmpty || request.ContentType is null || (rules.Allows(request.ContentType) && request.Headers.ContentEncoding.Count == 0)
            ? null
            : UnsupportedType(rules);
    }

    private static Problem UnsupportedType(BodyRules rules) =>
        Problem.UnsupportedMediaType($"Send the body as {rules.Types} in UTF-8, not compressed.");

    private static Problem Invalid(string why) => Problem.Of(Rejection.Invalid(ErrorCode.InvalidJson, "body", why));
}
