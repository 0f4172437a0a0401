namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>
/// The fields of the record that begins a text, found together with its end. A quote that begins a field (blanks may come before it) opens
/// it, <c>""</c> in it is a quote, and after the closing one only blanks may follow. A quote elsewhere is a character as any other.
/// </summary>
internal sealed class CsvRecord(byte separator)
{
    public const int Malformed = -1;
    public const int EndsInQuotes = -2;
    private const int NoQuote = -3;

    private Field[] fields = new Field[16];

    public int FieldCount { get; private set; }

    /// <summary>A field in quotes may have line breaks in it.</summary>
    public bool HasQuotes { get; private set; }

    /// <returns>Where its line break is, or where the text ends; or one of the constants.</returns>
    public int Read(ReadOnlySpan<byte> text) => Read(text, isLine: false);

    /// <summary>
    /// The same of a line that is no record: a quote that is not closed goes up to the end, and a field with text behind its closing quote
    /// up to the next separator, quotes and all.
    /// </summary>
    public void ReadLine(ReadOnlySpan<byte> line) => Read(line, isLine: true);

    /// <param name="text">Where it was read.</param>
    /// <returns>What the field says: without its quotes, and with one for two in it.</returns>
    public ReadOnlySpan<byte> FieldOf(ReadOnlySpan<byte> text, int index)
    {
        if (index >= FieldCount)
        {
            return default;
        }

        var field = fields[index];
        var found = text.Slice(field.Start, field.Length);
        return field.HasDoubledQuotes ? Single(found) : found;
    }

    private int Read(ReadOnlySpan<byte> text, bool isLine)
    {
        (FieldCount, HasQuotes) = (0, false);
        for (var at = 0; ; at++)
        {
            // Nearly every field begins with a letter or a digit.
            var end = at < text.Length && text[at] > '"' ? NoQuote : ReadQuoted(text, at, isLine);
            at = end == NoQuote || (isLine && end == Malformed) ? ReadPlain(text, at) : end;
            if (at < 0 || at == text.Length || text[at] != separator)
            {
                return at;
            }
        }
    }

    private int ReadPlain(ReadOnlySpan<byte> text, int start)
    {
        var length = text[start..].IndexOfAny(separator, (byte)'\r', (byte)'\n');
        var end = length < 0 ? text.Length : start + length;
        Add(new Field(start, end - start, HasDoubledQuotes: false));
        return end;
    }

    private int ReadQuoted(ReadOnlySpan<byte> text, int start, bool isLine)
    {
        var quote = SkipBlanks(text, start);
        if (quote == text.Length || text[quote] != '"')
        {
            return NoQuote;
        }

        HasQuotes = true;
        var (close, hasDoubled) = FindClosingQuote(text, quote + 1);
        if (close < 0)
        {
            Add(new Field(quote + 1, text.Length - quote - 1, hasDoubled));
            return isLine ? text.Length : EndsInQuotes;
        }

        var end = SkipBlanks(text, close + 1);
        if (end < text.Length && text[end] != separator && text[end] is not ((byte)'\r' or (byte)'\n'))
        {
            return Malformed;
        }

        Add(new Field(quote + 1, close - quote - 1, hasDoubled));
        return end;
    }

    private static (int At, bool HasDoubled) FindClosingQuote(ReadOnlySpan<byte> text, int at)
    {
        for (var hasDoubled = false; ; hasDoubled = true)
        {
            var quote = text[at..].IndexOf((byte)'"');
            if (quote < 0)
            {
                return (-1, hasDoubled);
            }

            at += quote;
            if (at + 1 == text.Length || text[at + 1] != '"')
            {
                return (at, hasDoubled);
            }

            at += 2;
        }
    }

    private int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' && text[at] != separator)
        {
            at++;
        }

        return at;
    }

    private void Add(Field field)
    {
        if (FieldCount == fields.Length)
        {
            Array.Resize(ref fields, 2 * fields.Length);
        }

        fields[FieldCount++] = field;
    }

    private static byte[] Single(ReadOnlySpan<byte> field)
    {
        var text = new byte[field.Length];
        var length = 0;
        for (var at = 0; at < field.Length; at += field[at] == '"' ? 2 : 1)
        {
            text[length++] = field[at];
        }

        return text[..length];
    }

    private readonly record struct Field(int Start, int Length, bool HasDoubledQuotes);
}
