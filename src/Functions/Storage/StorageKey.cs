using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CertFunctions.Core;

namespace CertFunctions.Functions.Storage;

/// <summary>Makes every table key. Keys hold ids and escaped text only, never raw text of a user.</summary>
/// <remarks>Documented key characters that storage refuses: / \ # ? and control characters; 1 KiB (512 characters) a key.</remarks>
internal static class StorageKey
{
    /// <summary>Between the parts of a key: sorts below every character of a part and occurs in none.</summary>
    public const char Separator = '!';

    /// <summary>Beyond this many characters the key of a text goes on with a hash of the whole.</summary>
    public const int MaxTextLength = 200;

    /// <summary>Just above <see cref="Separator"/>: ends the range of all keys that begin with a prefix and a separator.</summary>
    private const char AfterSeparator = '"';

    public static string Join(params ReadOnlySpan<string> parts) => string.Join(Separator, parts!);

    /// <summary>Two hex digits: the partition of what belongs to a shard.</summary>
    public static string OfShard(Shard shard) => shard.Number.ToString("x2", CultureInfo.InvariantCulture);

    /// <summary>One of 16 parts that rows with nothing in common are spread over: a hex digit of a hash. Few, so that many rows at once come to few requests.</summary>
    public static string SpreadOf(string key) => HashOf(key)[..1];

    /// <summary>All keys that have at least one more part after <paramref name="parts"/>: from (inclusive) and to (exclusive).</summary>
    public static (string From, string To) RangeBelow(params ReadOnlySpan<string> parts)
    {
        var prefix = Join(parts);
        return (prefix + Separator, prefix + AfterSeparator);
    }

    /// <summary>Every id and every code: they begin with a letter or a digit.</summary>
    public static (string From, string To) AllIds => ("0", "~");

    /// <summary>The range of all keys that begin with <paramref name="prefix"/>.</summary>
    public static (string From, string To) RangeOfPrefix(string prefix) => (prefix, prefix + '\uFFFD');

    /// <summary>
    /// The key of a text such as a username: NFC, invariant lower case, <c>a-z 0-9 @ . _ -</c> kept and every other UTF-8
    /// byte escaped in a way that keeps the ordinal order of texts (but for <c>/</c>, which sorts after the digits).
    /// </summary>
    /// <exception cref="ArgumentException">The text has a lone surrogate; the border refuses those.</exception>
    public static string OfText(string text)
    {
        var key = EscapedPrefix(text);
        return key.Length <= MaxTextLength ? key : key[..MaxTextLength] + '~' + HashOf(key);
    }

    /// <summary>The key of a text of which every character counts, its case and its Unicode form too: 32 hex digits of a hash.</summary>
    public static string OfExactText(string text) => HashOf(text);

    /// <summary>What the key of every text begins with that begins with this one.</summary>
    public static string OfTextPrefix(string prefix)
    {
        var key = EscapedPrefix(prefix);
        return key.Length <= MaxTextLength ? key : key[..MaxTextLength];
    }

    /// <summary>The form in which texts are compared whatever their case.</summary>
    public static string Fold(string text) => FoldedText.Of(text);

    private static string EscapedPrefix(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var octet in StrictUtf8.GetBytes(Fold(text)))
        {
            var c = (char)octet;
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '@' or '.' or '_' or '-')
            {
                key.Append(c);
            }
            else
            {
                key.Append(EscapeFor(octet)).Append(octet.ToString("x2", CultureInfo.InvariantCulture));
            }
        }

        return key.ToString();
    }

    /// <summary>An escape character that sorts where the escaped byte would among the kept characters.</summary>
    private static char EscapeFor(byte octet) => octet switch
    {
        < (byte)'-' => '$',
        < (byte)'@' => '=',
        < (byte)'_' => 'X',
        < (byte)'a' => '`',
        _ => '~',
    };

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
