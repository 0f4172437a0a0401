using CsvHelper;

namespace CertFunctions.Core.Ingestion;

/// <summary>
/// Goes from record to record of a chunk. The records that CsvHelper finds are taken where they have no quotes or end where
/// <see cref="CsvExtent"/> says; from a malformed one on the records are cut out one by one, as far as its quotes led CsvHelper astray.
/// </summary>
internal sealed class CsvWalk(ReadOnlyMemory<byte> chunk, char separator, CsvPosition from, bool isLast) : IDisposable
{
    /// <summary>To begin CsvHelper anew is not worth it for less.</summary>
    private const int CarefulBytes = 16 * 1024;

    private readonly CsvReaderOptions options = CsvDialect.Reading(separator);
    private CsvReader? fast;
    private CsvReader? single;
    private int fastFrom;
    private int carefulUntil;
    private bool skipsLine = from.SkipsLine;

    /// <summary>Where the next record is looked for: how much of the chunk is done.</summary>
    public int At { get; private set; }

    public CsvPosition Position => new(NextLine, skipsLine);

    private int NextLine { get; set; } = from.Line;

    public CsvExtentKind Kind { get; private set; }

    /// <summary>Of the current record.</summary>
    public int Line { get; private set; }

    /// <summary>The fields of the current record.</summary>
    public CsvReader Fields { get; private set; } = null!;

    public ReadOnlySpan<byte> Raw => chunk.Span.Slice(start, length);

    private int start;
    private int length;

    /// <returns>False: the chunk has no more whole records.</returns>
    public bool Next() => FinishLongLine() && (TryNextFast() ?? NextCareful());

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
        Distrust(0);
        return true;
    }

    /// <returns>Null: the next record is to be cut out.</returns>
    private bool? TryNextFast()
    {
        if (At < carefulUntil)
        {
            return null;
        }

        if (fast is null)
        {
            if (CsvDialect.MayBeTakenForByteOrderMark(chunk.Span[At..]))
            {
                return null;
            }

            (fast, fastFrom) = (CsvReader.Create(chunk[At..], options), At);
        }

        if (!fast.Read())
        {
            Distrust(chunk.Length - At);
            return null;
        }

        return TakeFast(fastFrom + (int)fast.ByteOffset, fast.RawRecord) ? true : null;
    }

    private bool TakeFast(int offset, ReadOnlySpan<byte> raw)
    {
        var text = chunk.Span;
        var end = offset + raw.Length;
        // Nothing may come after the last byte of a record that ends a chunk or has a CR there: only a look at the whole can tell.
        var isTrusted = end + 1 < text.Length && raw.Length <= Limits.CsvRecordBytes;
        var hasQuotes = isTrusted && raw.Contains((byte)'"');
        if (!isTrusted || (hasQuotes && !EndsAsFound(text[offset..], raw.Length)))
        {
            SkipBlankLinesTo(offset);
            Distrust(raw.Length);
            return false;
        }

        SkipBlankLinesTo(offset);
        Take(CsvExtentKind.Record, fast!, raw.Length, hasQuotes ? CsvLineBreak.Count(raw) : 0);
        At = end + CsvLineBreak.LengthAt(text, end, isLast);
        return true;
    }

    private bool EndsAsFound(ReadOnlySpan<byte> text, int found) =>
        CsvExtent.Of(text, (byte)separator, isLast) is { Kind: CsvExtentKind.Record } extent && extent.Length == found;

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

    /// <summary>CsvHelper reads on no more, and begins anew after so many bytes.</summary>
    private void Distrust(int bytes)
    {
        fast?.Dispose();
        fast = null;
        carefulUntil = bytes == 0 ? At : At + Math.Max(bytes, CarefulBytes);
    }

    public void Dispose()
    {
        fast?.Dispose();
        single?.Dispose();
    }
}
