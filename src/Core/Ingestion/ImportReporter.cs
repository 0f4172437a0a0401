using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>
/// Writes what became of each row: the file as it came, with the columns of a report behind it. A part of the report for each chunk of the
/// file.
/// </summary>
public sealed class ImportReporter(PartedReport report, IImportFiles files, IImportStore imports, IRunStore runStore)
{
    /// <summary>Writes on for a while.</summary>
    /// <param name="receipts">Of all runs of the job.</param>
    /// <returns>Whether the report is complete; else another call goes on.</returns>
    public async Task<bool> WriteAsync(Job job, ImportFile file, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken)
    {
        var byRun = receipts.ToDictionary(receipt => receipt.Key.Run, receipt => receipt.Key);
        var chunks = await imports.ListChunksAsync(job.ListedBy, cancellationToken);
        Dictionary<int, JobResult>? ofTree = null;
        return await report.WriteAsync(job, file, chunks.Count, WritePartAsync, cancellationToken);

        async Task WritePartAsync(int number, Stream part)
        {
            ofTree ??= await FindTreeAsync(file.Kind, chunks, byRun, cancellationToken);
            var lines = await FindAsync(chunks.Take(number).Sum(chunk => chunk.Runs), chunks[number].Runs, byRun, cancellationToken);
            await WriteChunkAsync(job.ListedBy, file, chunks[number], line => lines.GetValueOrDefault(line) ?? ofTree.GetValueOrDefault(line), part, cancellationToken);
        }
    }

    private async Task WriteChunkAsync(
        JobId jobId, ImportFile file, ImportChunk chunk, Func<int, JobResult?> find, Stream to, CancellationToken cancellationToken)
    {
        var writer = new ReportWriter(file.Format!);
        if (chunk.Number == 0)
        {
            await writer.WriteHeaderAsync(to, cancellationToken);
        }

        var text = await files.ReadTextAsync(jobId, file, chunk.Offset, chunk.Length, cancellationToken);
        await writer.WriteRowsAsync(text, chunk.At, chunk.IsLast, find, to, cancellationToken);
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
            await foreach (var result in runStore.ReadResultsAsync(byRun[run], cancellationToken).SelectMany(page => page.ToAsyncEnumerable()))
            {
                found[result.Line!.Value] = result;
            }
        }

        return found;
    }
}
