using System.Runtime.CompilerServices;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>Writes what became of each row: the file as it came, with the columns of a report behind it.</summary>
public sealed class ImportReporter(IImportFiles files, IImportStore imports, IRunStore runStore)
{
    private const int ResultsPerPage = 1_000;

    /// <param name="receipts">Of all runs of the job.</param>
    public async Task WriteAsync(JobId jobId, ImportFile file, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken)
    {
        var byRun = receipts.ToDictionary(receipt => receipt.Key.Run, receipt => receipt.Key);
        var chunks = await imports.ListChunksAsync(jobId, cancellationToken);
        await files.WriteReportAsync(
            jobId,
            file,
            async report =>
            {
                var writer = new ReportWriter(file.Format!);
                await writer.WriteHeaderAsync(report, cancellationToken);
                await foreach (var (chunk, lines) in ReadLinesAsync(file.Kind, chunks, byRun, cancellationToken))
                {
                    var text = await files.ReadTextAsync(jobId, file, chunk.Offset, chunk.Length, cancellationToken);
                    await writer.WriteRowsAsync(text, chunk.At, chunk.IsLast, lines.GetValueOrDefault, report, cancellationToken);
                }
            },
            cancellationToken);
    }

    /// <summary>Each chunk with what became of its lines. The tasks of branches come with the last chunk, whatever line they stand in.</summary>
    private async IAsyncEnumerable<(ImportChunk Chunk, IReadOnlyDictionary<int, JobResult> Lines)> ReadLinesAsync(
        ImportKind kind, IReadOnlyList<ImportChunk> chunks, IReadOnlyDictionary<int, RunKey> byRun, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isTree = kind == ImportKind.Branches;
        var firstRunOfLast = chunks.SkipLast(1).Sum(chunk => chunk.Runs);
        var ofLast = isTree && chunks.Count > 0 ? await FindAsync(firstRunOfLast, chunks[^1].Runs, byRun, cancellationToken) : [];
        var firstRun = 0;
        foreach (var chunk in chunks)
        {
            var lines = await FindAsync(firstRun, chunk.Runs, byRun, cancellationToken);
            firstRun += chunk.Runs;
            foreach (var (line, what) in ofLast)
            {
                lines[line] = what;
            }

            yield return (chunk, lines);
        }
    }

    private async Task<Dictionary<int, JobResult>> FindAsync(
        int firstRun, int runs, IReadOnlyDictionary<int, RunKey> byRun, CancellationToken cancellationToken)
    {
        var found = new Dictionary<int, JobResult>();
        foreach (var run in Enumerable.Range(firstRun, runs))
        {
            for (PageRequest? page = new(ResultsPerPage, null); page is not null;)
            {
                var results = await runStore.ListResultsAsync(byRun[run], null, page, cancellationToken);
                foreach (var result in results.Items)
                {
                    found[result.Line!.Value] = result;
                }

                page = results.Next is null ? null : page with { After = results.Next };
            }
        }

        return found;
    }
}
