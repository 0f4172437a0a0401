namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>CR LF, LF or CR alone: each is one line break.</summary>
internal static class CsvLineBreak
{
    /// <returns>0: a CR ends the text and an LF may follow.</returns>
    public static int LengthAt(ReadOnlySpan<byte> text, int at, bool isLast)
    {
        if (text[at] != '\r')
        {
            return 1;
        }

        if (at + 1 == text.Length)
        {
            return isLast ? 1 : 0;
        }

        return text[at + 1] == '\n' ? 2 : 1;
    }

    public static int Count(ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (var at = text.IndexOfAny((byte)'\r', (byte)'\n'); at >= 0; at = text.IndexOfAny((byte)'\r', (byte)'\n'))
        {
            count++;
            text = text[(at + LengthAt(text, at, isLast: true))..];
        }

        return count;
    }
}
