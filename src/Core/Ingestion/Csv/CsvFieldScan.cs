namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>
/// Looks for the end of a record by the quotes alone: a quote that begins a field (blanks may come before it) opens it, <c>""</c> in it
/// is a quote, and after the closing one only blanks may follow. A quote elsewhere is a character as any other.
/// </summary>
internal readonly ref struct CsvFieldScan(ReadOnlySpan<byte> text, byte separator)
{
    public const int Malformed = -1;
    public const int EndsInQuotes = -2;

    private readonly ReadOnlySpan<byte> text = text;

    /// <returns>Where its line break is, or where the text ends; or one of the constants.</returns>
    public int FindRecordEnd()
    {
        var at = 0;
        while (true)
        {
            at = SkipBlanks(at);
            if (at < text.Length && text[at] == '"')
            {
                at = FindClosingQuote(at + 1);
                if (at < 0)
                {
                    return EndsInQuotes;
                }

                at = SkipBlanks(at + 1);
                if (at < text.Length && text[at] != separator && text[at] is not ((byte)'\r' or (byte)'\n'))
                {
                    return Malformed;
                }
            }
            else
            {
                var length = text[at..].IndexOfAny(separator, (byte)'\r', (byte)'\n');
                at = length < 0 ? text.Length : at + length;
            }

            if (at == text.Length || text[at] != separator)
            {
                return at;
            }

            at++;
        }
    }

    private int FindClosingQuote(int at)
    {
        while (true)
        {
            var quote = text[at..].IndexOf((byte)'"');
            if (quote < 0)
            {
                return -1;
            }

            at += quote;
            if (at + 1 == text.Length || text[at + 1] != '"')
            {
                return at;
            }

            at += 2;
        }
    }

    private int SkipBlanks(int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' && text[at] != separator)
        {
            at++;
        }

        return at;
    }
}
