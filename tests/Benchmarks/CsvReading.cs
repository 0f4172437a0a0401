using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Ingestion.Rows;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;

namespace CertFunctions.Benchmarks;

/// <summary>Reads an awards file as an import does: 4 MiB at a time, everything looked up, every row made a task.</summary>
internal static class CsvReading
{
    private const int ChunkBytes = 4 * 1024 * 1024;
    private static readonly JobResult Awarded = new(null, null, ChangeOutcome.Awarded, null, null, null);

    /// <param name="report">Where to write the report of each chunk when it was read; null: nowhere.</param>
    /// <returns>How many tasks there were.</returns>
    public static async Task<int> ReadAsync(CsvTaskReaders readers, Stream file, Stream? report)
    {
        var buffer = new byte[ChunkBytes];
        var filled = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
        var format = CsvFormat.Detect(buffer.AsSpan(0, CsvFormat.HeadBytes), isWholeFile: false, ImportKind.Awards).IsDone(out var found, out var why)
            ? found
            : throw new InvalidOperationException(why.Detail);
        var reader = readers.Open(ImportKind.Awards, format);
        var (from, at, tasks) = (format.RowsStart, format.Start, 0);
        while (true)
        {
            var chunk = await reader.ReadAsync(buffer.AsMemory(from, filled - from), at, isLast: filled < buffer.Length, CancellationToken.None);
            tasks += chunk.Tasks.Count;
            if (report is not null)
            {
                await new ReportWriter(format).WriteRowsAsync(
                    buffer.AsMemory(from, chunk.BytesRead), at, chunk.IsLast, _ => Awarded, report, CancellationToken.None);
            }

            if (chunk.IsLast)
            {
                return tasks;
            }

            var rest = buffer.AsSpan((from + chunk.BytesRead)..filled);
            rest.CopyTo(buffer);
            filled = rest.Length + await file.ReadAtLeastAsync(buffer.AsMemory(rest.Length), buffer.Length - rest.Length, throwOnEndOfStream: false);
            (from, at) = (0, chunk.Next);
        }
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
