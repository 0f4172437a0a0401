using System.Buffers;

namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>Knows whether a row has in some columns what the row before it had there.</summary>
internal sealed class CsvCellMemory(CsvFormat format, string[] names)
{
    private readonly int[] columns = [.. names.Select(format.IndexOf).Where(column => column >= 0)];
    private ArrayBufferWriter<byte> before = new();
    private ArrayBufferWriter<byte> now = new();

    public bool AreAsBefore(CsvRowReader row)
    {
        now.ResetWrittenCount();
        foreach (var column in columns)
        {
            now.Write(row.Cell(column));
            now.Write("\n"u8);
        }

        (now, before) = (before, now);
        return now.WrittenSpan.SequenceEqual(before.WrittenSpan);
    }
}
