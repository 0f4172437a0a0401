using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>
/// Writes what became of each row: the file as it came, with the columns of a report behind it. A part of the report for each chunk of the
/// file, so that it is gone on with where it was left.
/// </summary>
public sealed class ImportReporter(IImportFiles files, IImportStore imports, IRunStore runStore, OrganisationClock clock, ImportSettings settings)
{
    private const int ResultsPerPage = 1_000;

    /// <summary>Writes on for a while.</summary>
    /// <param name="receipts">Of all runs of the job.</param>
    /// <returns>Whether the report is complete; else another call goes on.</returns>
    public async Task<bool> WriteAsync(JobId jobId, ImportFile file, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken)
    {
        var byRun = receipts.ToDictionary(receipt => receipt.Key.Run, receipt => receipt.Key);
        var chunks = await imports.ListChunksAsync(jobId, cancellationToken);
        var written = await files.CountReportPartsAsync(jobId, file, cancellationToken);
        var ofTree = written < chunks.Count ? await FindTreeAsync(file.Kind, chunks, byRun, cancellationToken) : [];
        var until = clock.Now + settings.TimePerCall;
        for (var number = written; number < chunks.Count; number++)
        {
            if (number > written && clock.Now >= until)
            {
                return false;
            }

            var lines = await FindAsync(chunks.Take(number).Sum(chunk => chunk.Runs), chunks[number].Runs, byRun, cancellationToken);
            await WritePartAsync(jobId, file, chunks[number], line => lines.GetValueOrDefault(line) ?? ofTree.GetValueOrDefault(line), cancellationToken);
        }

        await files.CompleteReportAsync(jobId, file, chunks.Count, cancellationToken);
        return true;
    }

    private async Task WritePartAsync(JobId jobId, ImportFile file, ImportChunk chunk, Func<int, JobResult?> find, CancellationToken cancellationToken)
    {
        var writer = new ReportWriter(file.Format!);
        using var part = new MemoryStream();
        if (chunk.Number == 0)
        {
            await writer.WriteHeaderAsync(part, cancellationToken);
        }

        var text = await files.ReadTextAsync(jobId, file, chunk.Offset, chunk.Length, cancellationToken);
        await writer.WriteRowsAsync(text, chunk.At, chunk.IsLast, find, part, cancellationToken);
        part.Position = 0;
        await files.WriteReportPartAsync(jobId, file, chunk.Number, part, cancellationToken);
    }

    /// <summary>The tasks of branches come with the last chunk, whatever line they stand in.</summary>
    private async Task<Dictionary<int, JobResult>> FindTreeAsync(
        ImportKind kind, IReadOnlyList<ImportChunk> chunks, IReadOnlyDictionary<int, RunKey> byRun, CancellationToken cancellationToken) =>
        kind == ImportKind.Branches ? await FindAsync(chunks.SkipLast(1).Sum(chunk => chunk.Runs), chunks[^1].Runs, byRun, cancellationToken) : [];

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
