namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>Goes from record to record of a chunk, and over blank lines.</summary>
internal sealed class CsvWalk(ReadOnlyMemory<byte> chunk, char separator, CsvPosition from, bool isLast)
{
    private readonly CsvRecord record = new((byte)separator);
    private int nextLine = from.Line;
    private bool skipsLine = from.SkipsLine;
    private int start;
    private int length;

    /// <summary>Where the next record is looked for: how much of the chunk is done.</summary>
    public int At { get; private set; }

    public CsvPosition Position => new(nextLine, skipsLine);

    public CsvExtentKind Kind { get; private set; }

    /// <summary>Of the current record.</summary>
    public int Line { get; private set; }

    public int FieldCount => record.FieldCount;

    public ReadOnlySpan<byte> Raw => chunk.Span.Slice(start, length);

    public ReadOnlySpan<byte> FieldAt(int index) => record.FieldOf(Raw, index);

    /// <returns>False: the chunk has no more whole records.</returns>
    public bool Next()
    {
        if (!FinishLongLine())
        {
            return false;
        }

        while (At < chunk.Length)
        {
            var extent = CsvExtent.Of(chunk.Span[At..], record, isLast);
            if (extent.Kind == CsvExtentKind.Unfinished)
            {
                return false;
            }

            (Kind, Line, start, length) = (extent.Kind, nextLine, At, extent.Length);
            At += extent.Next;
            if (extent.Kind == CsvExtentKind.LongLine)
            {
                skipsLine = true;
                return true;
            }

            nextLine += 1 + (record.HasQuotes ? CsvLineBreak.Count(Raw) : 0);
            if (extent.Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool FinishLongLine()
    {
        if (!skipsLine)
        {
            return true;
        }

        var end = chunk.Span[At..].IndexOfAny((byte)'\r', (byte)'\n');
        At = end < 0 ? chunk.Length : At + end;
        var lineBreak = At == chunk.Length ? 0 : CsvLineBreak.LengthAt(chunk.Span, At, isLast);
        if (lineBreak == 0)
        {
            return false;
        }

        At += lineBreak;
        nextLine++;
        skipsLine = false;
        return true;
    }
}
