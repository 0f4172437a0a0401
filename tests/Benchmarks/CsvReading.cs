using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Ingestion.Rows;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;

namespace CertFunctions.Benchmarks;

/// <summary>Reads a file as an import does: 4 MiB at a time, everything looked up, every row made a task.</summary>
internal static class CsvReading
{
    private const int ChunkBytes = 4 * 1024 * 1024;
    private static readonly JobResult Awarded = new(null, null, ChangeOutcome.Awarded, null, null, null);

    /// <param name="report">Where to write the report of each chunk when it was read; null: nowhere.</param>
    /// <returns>How many tasks there were.</returns>
    public static async Task<int> ReadAsync(ImportKind kind, CsvTaskReaders readers, Stream file, Stream? report)
    {
        var buffer = new byte[ChunkBytes];
        var filled = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
        var format = CsvFormat.Detect(buffer.AsSpan(0, CsvFormat.HeadBytes), isWholeFile: false, kind).IsDone(out var found, out var why)
            ? found
            : throw new InvalidOperationException(why.Detail);
        var reader = readers.Open(kind, format);
        var (from, at, tasks) = (format.RowsStart, format.Start, 0);
        while (true)
        {
            var (rows, bytesRead, next, isLast) = await ReadChunkAsync(
                reader, format, buffer.AsMemory(from, filled - from), at, isLast: filled < buffer.Length, report);
            tasks += rows;
            if (isLast)
            {
                return tasks;
            }

            var rest = buffer.AsSpan((from + bytesRead)..filled);
            rest.CopyTo(buffer);
            filled = rest.Length + await file.ReadAtLeastAsync(buffer.AsMemory(rest.Length), buffer.Length - rest.Length, throwOnEndOfStream: false);
            (from, at) = (0, next);
        }
    }

    /// <summary>By itself: the tasks of a chunk shall not outlive it.</summary>
    private static async Task<(int Tasks, int BytesRead, CsvPosition Next, bool IsLast)> ReadChunkAsync(
        CsvTaskReader reader, CsvFormat format, ReadOnlyMemory<byte> text, CsvPosition at, bool isLast, Stream? report)
    {
        var chunk = await reader.ReadAsync(text, at, isLast, CancellationToken.None);
        if (report is not null)
        {
            await new ReportWriter(format).WriteRowsAsync(text[..chunk.BytesRead], at, chunk.IsLast, _ => Awarded, report, CancellationToken.None);
        }

        return (chunk.Tasks.Count, chunk.BytesRead, chunk.Next, chunk.IsLast);
    }

    public static CsvTaskReaders Among(int users, int certifications)
    {
        var (people, catalog) = (new FakeUserStore(), new FakeCertificationStore());
        for (var user = 0; user < users; user++)
        {
            people.Add(Sample.User($"u-{user}", GeneratedCsv.Username(user)));
        }

        for (var certification = 0; certification < certifications; certification++)
        {
            catalog.Add(Sample.Certification(GeneratedCsv.Code(certification)));
        }

        return new CsvTaskReaders(catalog, people, new FakeExternalTrainingStore());
    }
}
