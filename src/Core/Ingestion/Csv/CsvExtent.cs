namespace CertFunctions.Core.Ingestion.Csv;

internal enum CsvExtentKind
{
    /// <summary>The text ends before the record does: more of the file is needed.</summary>
    Unfinished,

    Record,

    /// <summary>The first line of what cannot be a record: an unclosed quote, text after a closing quote, or too long.</summary>
    BadLine,

    /// <summary>The beginning of a line that is too long to keep.</summary>
    LongLine,
}

/// <summary>How far the record goes that begins a text.</summary>
/// <param name="Length">Without the line break.</param>
/// <param name="Next">Where the next record begins; with a long line: how much of it is known to have no end.</param>
/// <remarks>
/// The answer depends on the record's bytes alone, never on how much of the file follows, so that chunks can be cut anywhere. It takes
/// time linear in the file even when every line begins a quote that none ends, because text after a closing quote ends the search.
/// </remarks>
internal readonly record struct CsvExtent(CsvExtentKind Kind, int Length, int Next)
{
    /// <summary>How much of a line that is too long is kept for the report.</summary>
    public const int LongLineHead = 64 * 1024;

    private static readonly CsvExtent Unfinished = new(CsvExtentKind.Unfinished, 0, 0);

    /// <param name="record">Has its fields afterwards, or those of the line.</param>
    public static CsvExtent Of(ReadOnlySpan<byte> text, CsvRecord record, bool isLast)
    {
        var isCut = text.Length > Limits.CsvRecordBytes;
        var looked = isCut ? text[..(Limits.CsvRecordBytes + 1)] : text;
        var length = record.Read(looked);
        var extent = length switch
        {
            CsvRecord.Malformed => LineOf(text, isLast),
            CsvRecord.EndsInQuotes => isCut || isLast ? LineOf(text, isLast) : Unfinished,
            _ when length < looked.Length => EndingAt(text, length, CsvExtentKind.Record, isLast),
            _ when isCut => LineOf(text, isLast),
            _ => isLast ? new CsvExtent(CsvExtentKind.Record, length, length) : Unfinished,
        };
        if (extent.Kind is CsvExtentKind.BadLine or CsvExtentKind.LongLine)
        {
            record.ReadLine(text[..extent.Length]);
        }

        return extent;
    }

    private static CsvExtent LineOf(ReadOnlySpan<byte> text, bool isLast)
    {
        var isCut = text.Length > Limits.CsvRecordBytes;
        var end = (isCut ? text[..(Limits.CsvRecordBytes + 1)] : text).IndexOfAny((byte)'\r', (byte)'\n');
        return end switch
        {
            >= 0 => EndingAt(text, end, CsvExtentKind.BadLine, isLast),
            _ when isCut => new CsvExtent(CsvExtentKind.LongLine, HeadOf(text), Limits.CsvRecordBytes),
            _ => isLast ? new CsvExtent(CsvExtentKind.BadLine, text.Length, text.Length) : Unfinished,
        };
    }

    /// <returns>How many bytes of a text are kept of it: whole characters.</returns>
    public static int HeadOf(ReadOnlySpan<byte> text)
    {
        if (text.Length <= LongLineHead)
        {
            return text.Length;
        }

        var length = LongLineHead;
        while (length > 0 && (text[length] & 0b1100_0000) == 0b1000_0000)
        {
            // In the middle of a character.
            length--;
        }

        return length;
    }

    private static CsvExtent EndingAt(ReadOnlySpan<byte> text, int length, CsvExtentKind kind, bool isLast) =>
        CsvLineBreak.LengthAt(text, length, isLast) is var lineBreak and > 0
            ? new CsvExtent(kind, length, length + lineBreak)
            : Unfinished;
}
