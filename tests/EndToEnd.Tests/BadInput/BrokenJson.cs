using System.Text;

namespace CertFunctions.EndToEnd.Tests.BadInput;

/// <summary>Bytes that are not one good JSON object.</summary>
internal static class BrokenJson
{
    private static readonly string[] Texts =
    [
        " ", "null", "true", "12", "\"text\"", "[]", "[{}]", "{", "}", "{]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "{} {}", "{}x",
        "{\"a\":NaN}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":0x1}", "{/* */}", "{\"a\":\"\t\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":tru",
        "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"b\":2}}", "{\"a\":1,\"\\u0061\":2}", "{\"a\":\"\\uD800\"}", "{\"a\":\"\\uDC00\\uD800\"}", "{\"\\uD800\":1}",
        "{\"a\":\"\uFFFD\"}", "{\"\uFFFD\":1}", "a=1&b=2", "<a/>", "\0", "{}\0", "\uFEFF", "\uFEFF\uFEFF{}",
    ];

    public static IEnumerable<(string What, byte[] Bytes)> Of(string sample)
    {
        foreach (var text in Texts)
        {
            yield return (text, Encoding.UTF8.GetBytes(text));
        }

        var bytes = Encoding.UTF8.GetBytes(sample.Trim());
        for (var length = 1; length < bytes.Length; length += Math.Max(1, bytes.Length / 12))
        {
            yield return ($"cut off after {length} bytes", bytes[..length]);
        }

        yield return ("a byte that is no UTF-8", [.. "{\"a\":\""u8, 0xFF, .. "\"}"u8]);
        yield return ("half a character", [.. "{\"a\":\""u8, 0xC3, .. "\"}"u8]);
        yield return ("an overlong slash", [.. "{\"a\":\""u8, 0xC0, 0xAF, .. "\"}"u8]);
        yield return ("an encoded surrogate", [.. "{\"a\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]);
        yield return ("UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(sample)]);
        yield return ("UTF-16 without a mark", Encoding.BigEndianUnicode.GetBytes(sample));
        yield return ("UTF-32", Encoding.UTF32.GetBytes(sample));
        yield return ("gzip", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0]);
        yield return ("33 levels", Nested(33));
        yield return ("10,000 levels", Nested(10_000));
        yield return ("500,000 open brackets", Encoding.UTF8.GetBytes(new string('[', 500_000)));
        yield return ("100,000 open objects", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))));
    }

    private static byte[] Nested(int levels) =>
        Encoding.UTF8.GetBytes($"{{\"a\":{new string('[', levels - 1)}{new string(']', levels - 1)}}}");
}
