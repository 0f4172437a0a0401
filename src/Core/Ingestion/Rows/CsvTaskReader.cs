using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>Reads one file, chunk after chunk, into what has to be done.</summary>
/// <remarks>
/// Of two well-formed rows that are about the same the later is <c>duplicate_in_file</c>. That is promised for the first
/// <see cref="Limits.CsvRowsRemembered"/> rows: two rows beyond them that are about the same both become tasks.
/// </remarks>
public sealed class CsvTaskReader
{
    private const string Done = "ok";

    private readonly CsvFormat format;
    private readonly IRowKind rows;
    private readonly int statusColumn;

    internal CsvTaskReader(CsvFormat format, IRowKind rows)
    {
        this.format = format;
        this.rows = rows;
        statusColumn = format.IndexOf(CsvColumns.RowStatus);
    }

    /// <summary>Makes a new reader know what an earlier one knew: to be called for each chunk that was read, in order.</summary>
    public void Restore(ReadOnlySpan<byte> remembered) => rows.Restore(remembered);

    /// <param name="chunk">Text in UTF-8. <see cref="Limits.CsvRecordBytes"/> and some more always have a row's end in them.</param>
    /// <param name="isLast">The file ends with it. To be called so until the answer says that nothing is left, if need be with an empty chunk.</param>
    public async Task<RowChunk> ReadAsync(ReadOnlyMemory<byte> chunk, CsvPosition at, bool isLast, CancellationToken cancellationToken)
    {
        var row = new CsvRowReader(format, chunk, at, isLast);
        var count = 0;
        for (; count < Limits.CsvRowsPerChunk && row.Read(); count++)
        {
            if (row.Error is { } error)
            {
                rows.Add(error.Task(row.Line));
            }
            else if (statusColumn >= 0 && IsDone(row.Cell(statusColumn)))
            {
                rows.Add(new DecidedTask(ChangeOutcome.Skipped, ErrorCode.AlreadyDone, "The row was done before: its row_status is ok.") { Line = row.Line });
            }
            else
            {
                rows.Read(row);
            }
        }

        var isAll = isLast && count < Limits.CsvRowsPerChunk;
        var tasks = await rows.FinishAsync(isAll, cancellationToken);
        return new RowChunk(tasks, row.BytesRead, row.Next, isAll, rows.Remember());
    }

    private static bool IsDone(ReadOnlySpan<byte> status) => System.Text.Ascii.EqualsIgnoreCase(status, Done);
}
