using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CertFunctions.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using StandardWebhooks;

namespace CertFunctions.Functions.Lms;

/// <summary>
/// How the LMS proves that it is the LMS: a signature (https://www.standardwebhooks.com) with one of the secrets, or a name and a password.
/// Where neither is configured, nothing is proof.
/// </summary>
public sealed class WebhookProof(WebhookSettings settings, TimeProvider time)
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly StandardWebhook[] signers = [.. settings.Secrets.Select(secret => new StandardWebhook(secret))];
    private readonly byte[]? basic = settings.Basic is { } login ? HashOf($"{login.Username}:{login.Password}") : null;

    /// <summary>Whether a name and password are proof, so that a 401 asks for them.</summary>
    public bool TakesBasic => basic is not null;

    /// <summary>Whether the headers leave anything to prove: else the body need not be read.</summary>
    public bool MayHold(IHeaderDictionary headers) => IsBasic(headers.Authorization) || SignedAt(headers) is not null;

    public bool Holds(IHeaderDictionary headers, byte[] body) => IsBasic(headers.Authorization) || IsSigned(headers, body);

    /// <summary>Compares hashes: equally long whatever was sent, and without telling how much of it is right.</summary>
    private bool IsBasic(StringValues authorization)
    {
        const string scheme = "Basic ";
        if (basic is null || authorization is not [{ } header] || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var login = new byte[header.Length];
        return Convert.TryFromBase64String(header[scheme.Length..].Trim(), login, out var length)
            && CryptographicOperations.FixedTimeEquals(basic, SHA256.HashData(login.AsSpan(0, length)));
    }

    /// <summary>When the message was signed, if that is not too long ago or ahead; null where no signature can hold.</summary>
    private DateTimeOffset? SignedAt(IHeaderDictionary headers)
    {
        if (signers.Length == 0
            || headers[IdHeader] is not [{ Length: > 0 }]
            || headers[SignatureHeader] is not [{ Length: > 0 }]
            || headers[TimestampHeader] is not [{ } timestamp]
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return null;
        }

        var signedAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return (time.GetUtcNow() - signedAt).Duration() <= Limits.WebhookTolerance ? signedAt : null;
    }

    private bool IsSigned(IHeaderDictionary headers, byte[] body)
    {
        if (SignedAt(headers) is not { } signedAt || TextOf(body) is not { } text)
        {
            return false;
        }

        // During a rotation the LMS may send one signature for each secret, in one header with blanks between them.
        var given = headers[SignatureHeader].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var wanted = signers.Select(signer => Encoding.ASCII.GetBytes(signer.Sign(headers[IdHeader].ToString(), signedAt, text))).ToList();
        return given.Any(signature =>
            wanted.Exists(right => CryptographicOperations.FixedTimeEquals(right, Encoding.UTF8.GetBytes(signature))));
    }

    /// <summary>Signatures are made over text: what is no UTF-8 carries none.</summary>
    private static string? TextOf(byte[] body)
    {
        try
        {
            return StrictUtf8.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static byte[] HashOf(string login) => SHA256.HashData(Encoding.UTF8.GetBytes(login));
}
