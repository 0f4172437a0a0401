using System.Text;

namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>The beginning of a file, decoded.</summary>
/// <param name="Utf8">The text in UTF-8 with its byte order mark.</param>
internal sealed record CsvHead(byte[] Utf8, Encoding Encoding, bool HasByteOrderMark, bool IsWholeFile)
{
    private const string Advice = "Save it as CSV in UTF-8.";

    public ReadOnlyMemory<byte> Text => Utf8.AsMemory(HasByteOrderMark ? 3 : 0);

    public static Outcome<CsvHead> Decode(ReadOnlySpan<byte> bytes, bool isWholeFile, string? charset)
    {
        if (bytes.Length == 0)
        {
            return new CsvHead([], Encoding.UTF8, false, isWholeFile);
        }

        if (CsvLookalike.Of(bytes) is { } lookalike)
        {
            return BadEncoding($"The file looks like {lookalike}, not like text. {Advice}");
        }

        var marked = MarkedBy(bytes);
        var asked = Encoding.UTF8;
        if (marked is null && charset is not null && !CsvCharset.TryFind(charset, out asked))
        {
            return BadEncoding($"The charset '{charset}' is not known: it {CsvCharset.Rule}.");
        }

        var encoding = marked ?? asked;
        return new CsvHead(ToUtf8(bytes, encoding), encoding, marked is not null, isWholeFile);
    }

    public static Rejection BadEncoding(string detail) => Rejection.Unprocessable(ErrorCode.BadEncoding, detail);

    private static Encoding? MarkedBy(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static byte[] ToUtf8(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        if (encoding.WebName == Encoding.UTF8.WebName)
        {
            return bytes.ToArray();
        }

        // A decoder, not the encoding: it waits for the rest of a character that the end of the head cuts in two.
        var decoder = encoding.GetDecoder();
        var text = new char[encoding.GetMaxCharCount(bytes.Length)];
        var length = decoder.GetChars(bytes, text, flush: false);
        return Encoding.UTF8.GetBytes(text, 0, length);
    }
}
