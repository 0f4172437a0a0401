using CsvHelper;

namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>
/// The records of a chunk as CsvHelper finds them: quickly, but a malformed one leads it astray. They are taken where they have no quotes
/// or end where <see cref="CsvExtent"/> says.
/// </summary>
internal sealed class CsvFastRecords(ReadOnlyMemory<byte> chunk, char separator, CsvReaderOptions options, bool isLast) : IDisposable
{
    /// <summary>To begin CsvHelper anew is not worth it for less.</summary>
    private const int CarefulBytes = 16 * 1024;

    private CsvReader? reader;
    private int readFrom;
    private int carefulUntil;

    /// <summary>The fields of the record that was found last.</summary>
    public CsvReader Fields => reader!;

    /// <param name="at">Where the next record is looked for; blank lines may come before it.</param>
    /// <returns>Null: it is to be cut out.</returns>
    public (int Offset, int Length, bool HasQuotes)? Next(int at)
    {
        if (at < carefulUntil || !IsOpen(at))
        {
            return null;
        }

        if (!reader!.Read())
        {
            Distrust(at, chunk.Length - at);
            return null;
        }

        var offset = readFrom + (int)reader.ByteOffset;
        var length = reader.RawRecord.Length;
        var hasQuotes = reader.RawRecord.Contains((byte)'"');
        if (IsWhole(offset + length) && length <= Limits.CsvRecordBytes && (!hasQuotes || EndsAsFound(offset, length)))
        {
            return (offset, length, hasQuotes);
        }

        Distrust(offset, length);
        return null;
    }

    /// <summary>Begins anew behind so many bytes.</summary>
    public void Distrust(int at, int bytes)
    {
        Dispose();
        reader = null;
        carefulUntil = bytes == 0 ? at : at + Math.Max(bytes, CarefulBytes);
    }

    private bool IsOpen(int at)
    {
        if (reader is null && !CsvDialect.MayBeTakenForByteOrderMark(chunk.Span[at..]))
        {
            (reader, readFrom) = (CsvReader.Create(chunk[at..], options), at);
        }

        return reader is not null;
    }

    /// <summary>Nothing may come after the last byte of a record that ends a chunk or has a CR there: only a look at the whole can tell.</summary>
    private bool IsWhole(int end) => end + 1 < chunk.Length;

    private bool EndsAsFound(int offset, int length) =>
        CsvExtent.Of(chunk.Span[offset..], (byte)separator, isLast) is { Kind: CsvExtentKind.Record } extent && extent.Length == length;

    public void Dispose() => reader?.Dispose();
}
