using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CertFunctions.Core;
using CertFunctions.Functions.Http.Requests;

namespace CertFunctions.Functions.Http.Idempotency;

/// <summary>The header <c>Idempotency-Key</c>: 1-255 visible characters, bare or as a quoted string; both name the same key.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public static readonly string Rule = $"must be 1-{Limits.IdempotencyKeyLength} visible ASCII characters, bare or in double quotes";

    public static bool TryParse(string? text, [NotNullWhen(true)] out string? key)
    {
        key = text is ['"', .., '"'] ? Unquoted(text[1..^1]) : text;
        key = key is { Length: >= 1 and <= Limits.IdempotencyKeyLength } && key.All(c => c is > ' ' and < '\x7f') ? key : null;
        return key is not null;
    }

    /// <summary>The key within its scope, as one hash.</summary>
    public static string InScope(string key, HttpInput input)
    {
        var query = input.Request.Query
            .Where(parameter => parameter.Key != QueryReader.FunctionKey)
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value.ToString())}");
        string[] parts = [input.Caller.Name, input.Request.Method, input.Request.Path.Value ?? "", string.Join('&', query), key];
        return Hash(Encoding.UTF8.GetBytes(string.Join('\n', parts.Select(Uri.EscapeDataString))));
    }

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Undoes the escapes of a quoted string (RFC 9651, 3.3.3); null when a quote or backslash stands alone.</summary>
    private static string? Unquoted(string inner)
    {
        var key = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] is '"' || (inner[i] is '\\' && (++i == inner.Length || inner[i] is not ('"' or '\\'))))
            {
                return null;
            }

            key.Append(inner[i]);
        }

        return key.ToString();
    }
}
