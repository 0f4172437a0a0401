using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CertFunctions.Core.Lms;

/// <summary>A message's id as a name of fixed length, whatever characters the LMS puts into ids: SHA-256 in hex.</summary>
public sealed record WebhookKey
{
    private const int Length = 2 * SHA256.HashSizeInBytes;

    private WebhookKey(string value) => Value = value;

    public string Value { get; }

    public static WebhookKey Of(string messageId) => new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId))));

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out WebhookKey? key)
    {
        key = text is { Length: Length } && text.All(char.IsAsciiHexDigitLower) ? new WebhookKey(text) : null;
        return key is not null;
    }

    public override string ToString() => Value;
}
