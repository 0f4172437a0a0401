using System.Text;
using CertFunctions.Core.Ingestion.Csv;

namespace CertFunctions.Core.Tests.Ingestion;

/// <summary>A row as it was read, kept.</summary>
internal sealed record ReadRow(int Line, string? Error, string Cells)
{
    /// <summary>Reads a text in chunks of so many bytes; a chunk that has no whole row is made longer.</summary>
    public static List<ReadRow> ReadAll(CsvFormat format, ReadOnlyMemory<byte> text, int chunkBytes)
    {
        var rows = new List<ReadRow>();
        var (from, at, taken) = (format.RowsStart, format.Start, chunkBytes);
        while (true)
        {
            var isLast = from + taken >= text.Length;
            var read = new CsvRowReader(format, isLast ? text[from..] : text.Slice(from, taken), at, isLast);
            while (read.Read())
            {
                rows.Add(Of(read));
            }

            (from, at, taken) = (from + read.BytesRead, read.Next, read.BytesRead == 0 ? taken + chunkBytes : chunkBytes);
            if (isLast)
            {
                Assert.Equal(text.Length, from);
                return rows;
            }
        }
    }

    public static List<ReadRow> ReadAll(CsvFormat format, string text, int chunkBytes = int.MaxValue / 2) =>
        ReadAll(format, Encoding.UTF8.GetBytes(text), chunkBytes);

    private static ReadRow Of(CsvRowReader row) => new(
        row.Line, row.Error?.Code, string.Join('|', Enumerable.Range(0, row.CellCount).Select(row.Text)));
}
