using CsvHelper;

namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>
/// Goes from record to record of a chunk: those that CsvHelper finds, and from a malformed one on, as far as its quotes led CsvHelper
/// astray, those that are cut out one by one.
/// </summary>
internal sealed class CsvWalk : IDisposable
{
    private readonly ReadOnlyMemory<byte> chunk;
    private readonly char separator;
    private readonly bool isLast;
    private readonly CsvReaderOptions options;
    private readonly CsvFastRecords fast;
    private CsvReader? single;
    private bool skipsLine;
    private int start;
    private int length;

    public CsvWalk(ReadOnlyMemory<byte> chunk, char separator, CsvPosition from, bool isLast)
    {
        (this.chunk, this.separator, this.isLast) = (chunk, separator, isLast);
        (NextLine, skipsLine) = (from.Line, from.SkipsLine);
        options = CsvDialect.Reading(separator);
        fast = new CsvFastRecords(chunk, separator, options, isLast);
    }

    /// <summary>Where the next record is looked for: how much of the chunk is done.</summary>
    public int At { get; private set; }

    public CsvPosition Position => new(NextLine, skipsLine);

    private int NextLine { get; set; }

    public CsvExtentKind Kind { get; private set; }

    /// <summary>Of the current record.</summary>
    public int Line { get; private set; }

    /// <summary>The fields of the current record.</summary>
    public CsvReader Fields { get; private set; } = null!;

    public ReadOnlySpan<byte> Raw => chunk.Span.Slice(start, length);

    /// <returns>False: the chunk has no more whole records.</returns>
    public bool Next() => FinishLongLine() && (TryNextFast() || NextCareful());

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
        NextLine++;
        skipsLine = false;
        fast.Distrust(At, 0);
        return true;
    }

    private bool TryNextFast()
    {
        if (fast.Next(At) is not var (offset, recordLength, hasQuotes))
        {
            return false;
        }

        SkipBlankLinesTo(offset);
        Take(CsvExtentKind.Record, fast.Fields, recordLength, hasQuotes ? CsvLineBreak.Count(chunk.Span.Slice(offset, recordLength)) : 0);
        var end = offset + recordLength;
        At = end + CsvLineBreak.LengthAt(chunk.Span, end, isLast);
        return true;
    }

    private bool NextCareful()
    {
        while (At < chunk.Length)
        {
            var text = chunk[At..];
            var extent = CsvExtent.Of(text.Span, (byte)separator, isLast);
            if (extent.Kind == CsvExtentKind.Unfinished)
            {
                return false;
            }

            if (extent.Length == 0)
            {
                At += extent.Next;
                NextLine++;
                continue;
            }

            single?.Dispose();
            single = CsvDialect.OpenSingle(text[..extent.Length].Span, options);
            Take(extent.Kind, single, extent.Length, CsvLineBreak.Count(text.Span[..extent.Length]));
            At += extent.Next;
            if (extent.Kind == CsvExtentKind.LongLine)
            {
                NextLine--;
                skipsLine = true;
            }

            return true;
        }

        return false;
    }

    private void Take(CsvExtentKind kind, CsvReader fields, int recordLength, int lineBreaks)
    {
        (Kind, Line, Fields, start, length) = (kind, NextLine, fields, At, recordLength);
        NextLine += lineBreaks + 1;
    }

    private void SkipBlankLinesTo(int offset)
    {
        if (offset != At)
        {
            NextLine += CsvLineBreak.Count(chunk.Span[At..offset]);
            At = offset;
        }
    }

    public void Dispose()
    {
        fast.Dispose();
        single?.Dispose();
    }
}
