using System.Text;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Ingestion.Rows;
using CertFunctions.Core.Jobs;
using CsvHelper;

namespace CertFunctions.Core.Ingestion;

/// <summary>
/// Writes a file again as it came, each row with what became of it, so that it can be mended and dropped again. Remembers nothing from
/// chunk to chunk: any chunk's rows can be written for themselves.
/// </summary>
public sealed class ReportWriter(CsvFormat format)
{
    /// <summary>Without the columns of an earlier report.</summary>
    private readonly int[] columns = [.. Enumerable.Range(0, format.Columns.Count).Where(column => !IsOfReport(format.Columns[column]))];

    private readonly CsvWriterOptions options = new() { Separator = format.Separator, NewLine = format.NewLine };

    public async Task WriteHeaderAsync(Stream to, CancellationToken cancellationToken)
    {
        await using var file = format.FileStream(to);
        if (format.HasByteOrderMark)
        {
            await file.WriteAsync("\uFEFF"u8.ToArray(), cancellationToken);
        }

        if (format.HasSeparatorLine)
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes($"sep={format.Separator}{format.NewLine}"), cancellationToken);
        }

        await using var csv = CsvWriter.Create(file, options, leaveOpen: true);
        foreach (var column in columns)
        {
            csv.WriteText(format.Columns[column]);
        }

        foreach (var name in CsvColumns.Report)
        {
            csv.WriteField(name);
        }

        await csv.EndRecordAsync(cancellationToken);
    }

    /// <param name="chunk">The same bytes that a <see cref="CsvTaskReader"/> read; they may be cut elsewhere.</param>
    /// <param name="find">What became of the row on a line; null: nothing yet, and it is to be read when the report is dropped.</param>
    public async Task<ReportChunk> WriteRowsAsync(
        ReadOnlyMemory<byte> chunk, CsvPosition at, bool isLast, Func<int, JobResult?> find, Stream to, CancellationToken cancellationToken)
    {
        var row = new CsvRowReader(format, chunk, at, isLast);
        await using var file = format.FileStream(to);
        await using var csv = CsvWriter.Create(file, options, leaveOpen: true);
        while (row.Read())
        {
            WriteRow(csv, row, find(row.Line));
            await csv.EndRecordAsync(cancellationToken);
        }

        return new ReportChunk(row.BytesRead, row.Next);
    }

    /// <summary>Writes rows that come from no file.</summary>
    public async Task WriteRowsAsync(IEnumerable<(IReadOnlyList<string?> Cells, JobResult Result)> rows, Stream to, CancellationToken cancellationToken)
    {
        await using var file = format.FileStream(to);
        await using var csv = CsvWriter.Create(file, options, leaveOpen: true);
        foreach (var (cells, result) in rows)
        {
            foreach (var cell in cells)
            {
                csv.WriteText(cell);
            }

            WriteOutcome(csv, result, original: default);
            await csv.EndRecordAsync(cancellationToken);
        }
    }

    private void WriteRow(CsvWriter csv, CsvRowReader row, JobResult? line)
    {
        // Too long a row is not written twice: what cannot be read again as a record could not fail again as what it is.
        var original = OriginalOf(row);
        var isTooLong = row.IsCut && (!row.IsWhole || original.Length < row.Raw.Length);
        foreach (var column in columns)
        {
            csv.WriteText(isTooLong ? default : row.Cell(column));
        }

        WriteOutcome(csv, line, original);
    }

    private static void WriteOutcome(CsvWriter csv, JobResult? line, ReadOnlySpan<byte> original)
    {
        csv.WriteField(StatusOf(line));
        csv.WriteField(line is null ? "" : NameOf(line.Outcome));
        csv.WriteText(line?.Code);
        csv.WriteText(line?.Detail);
        csv.WriteText(original);
    }

    /// <summary>A row that was only planned is to be read when the report is dropped: nothing has come of it.</summary>
    private static string StatusOf(JobResult? line) => line switch
    {
        null => "",
        { Outcome: ChangeOutcome.Failed } => "error",
        { Planned: not null } => "planned",
        _ => "ok",
    };

    /// <summary>What the cells do not tell of the row: while it stands there, the row fails again.</summary>
    private ReadOnlySpan<byte> OriginalOf(CsvRowReader row)
    {
        if (row.Original is { Length: > 0 } original)
        {
            return original;
        }

        var isLost = row.Error == RowErrors.BadEncoding && !format.IsUnicode;
        return row.IsCut || isLost ? row.Raw[..CsvExtent.HeadOf(row.Raw)] : default;
    }

    private static string NameOf(ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Awarded => "awarded",
        ChangeOutcome.Renewed => "renewed",
        ChangeOutcome.Updated => "updated",
        ChangeOutcome.Revoked => "revoked",
        ChangeOutcome.Skipped => "skipped",
        _ => "failed",
    };

    private static bool IsOfReport(string column) => CsvColumns.Report.Contains(column, StringComparer.OrdinalIgnoreCase);
}
