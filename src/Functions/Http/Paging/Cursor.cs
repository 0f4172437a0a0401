using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CertFunctions.Functions.Http.Paging;

/// <summary>A place in a list, signed (HMAC-SHA256) together with the list that it belongs to. URL-safe as it is.</summary>
internal static class Cursor
{
    private const int SignatureLength = HMACSHA256.HashSizeInBytes;

    /// <summary>Longer than any place; what is longer is not looked at.</summary>
    private const int MaxLength = 4096;

    public static string Write(string place, string scope, ReadOnlySpan<byte> key) =>
        Base64Url.EncodeToString([.. Signature(place, scope, key), .. Encoding.UTF8.GetBytes(place)]);

    /// <returns>The place; null when the text is no cursor, was changed, or belongs to another list.</returns>
    public static string? Read(string text, string scope, ReadOnlySpan<byte> key)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text) || Base64Url.DecodeFromChars(text) is not { Length: > SignatureLength } bytes)
        {
            return null;
        }

        var place = Encoding.UTF8.GetString(bytes.AsSpan(SignatureLength));
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, SignatureLength), Signature(place, scope, key)) ? place : null;
    }

    private static byte[] Signature(string place, string scope, ReadOnlySpan<byte> key) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{scope.Length}:{scope}{place}"));
}
