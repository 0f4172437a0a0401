using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Ingestion.Rows;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>Reads the file of a job, chunk by chunk, into tasks. After a crash it goes on behind the last chunk that was noted.</summary>
public sealed class ImportReader(
    IImportFiles files, IImportStore imports, ISelectionStore manifests, RowReaders readers, IJobStore jobs, OrganisationClock clock,
    ImportSettings settings)
{
    /// <summary>Reads on for a while.</summary>
    /// <returns>
    /// The job as it is stored afterwards: with its manifest when all is read, ended when the file was refused. Null: somebody else is reading.
    /// </returns>
    public async Task<StoredJob?> ReadAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        while (stored.Job is { IsFinal: false, Import.Format: null })
        {
            stored = await OpenAsync(stored, cancellationToken);
        }

        if (stored.Job.IsFinal)
        {
            return stored;
        }

        var until = clock.Now + settings.TimePerCall;
        var job = stored.Job;
        var chunks = (await imports.ListChunksAsync(job.Id, cancellationToken)).ToList();
        var reader = await ResumeAsync(job, chunks, cancellationToken);
        while (chunks.Count == 0 || !chunks[^1].IsLast)
        {
            if (clock.Now >= until)
            {
                return await ReplaceAsync(stored, job.Moved(clock.Now), cancellationToken);
            }

            if (await ReadChunkAsync(job, reader, chunks.LastOrDefault(), cancellationToken) is not { } chunk)
            {
                return null;
            }

            chunks.Add(chunk);
        }

        var manifest = await manifests.JoinManifestsAsync(job.Id, [.. chunks.Select(chunk => chunk.Manifest)], cancellationToken);
        return await ReplaceAsync(stored, WithManifest(job, manifest), cancellationToken);
    }

    /// <summary>Finds out how the file is written, or why it cannot be read.</summary>
    private async Task<StoredJob> OpenAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        var (job, file) = (stored.Job, stored.Job.Import!);
        if (file.Length > Limits.CsvFileBytes)
        {
            var detail = $"The file has {file.Length} bytes; {Limits.CsvFileBytes} are the most.";
            return await ReplaceAsync(stored, job.Failed("file_too_large", detail, clock.Now), cancellationToken);
        }

        var head = await files.ReadAsync(file.Archive, 0, CsvFormat.HeadBytes, cancellationToken);
        var detected = CsvFormat.Detect(head.Span, head.Length == file.Length, file.Kind, file.Separator, file.Charset);
        if (!detected.IsDone(out var format, out var why))
        {
            return await ReplaceAsync(stored, job.Failed(why.Code, why.Detail, clock.Now), cancellationToken);
        }

        await files.PrepareTextAsync(job.Id, file, format, cancellationToken);
        return await ReplaceAsync(stored, job with { Import = file with { Format = format } }, cancellationToken);
    }

    private async Task<RowReader> ResumeAsync(Job job, IEnumerable<ImportChunk> chunks, CancellationToken cancellationToken)
    {
        var reader = readers.Open(job.Import!.Kind, job.Import.Format!, job.Import.OnExisting);
        foreach (var chunk in chunks)
        {
            reader.Restore((await imports.ReadRememberedAsync(job.Id, chunk, cancellationToken)).Span);
        }

        return reader;
    }

    /// <returns>Null when another reader was faster.</returns>
    private async Task<ImportChunk?> ReadChunkAsync(Job job, RowReader reader, ImportChunk? former, CancellationToken cancellationToken)
    {
        var format = job.Import!.Format!;
        var (offset, at) = former is null ? (format.RowsStart, format.Start) : (former.End, former.Next);
        var text = await files.ReadTextAsync(job.Id, job.Import, offset, settings.ChunkBytes, cancellationToken);
        var read = await reader.ReadAsync(text, at, isLast: text.Length < settings.ChunkBytes, cancellationToken);
        var manifest = await manifests.WriteManifestAsync(job.Id, TaskSplitter.Split(read.Tasks).ToAsyncEnumerable(), cancellationToken);
        var chunk = new ImportChunk(
            (former?.Number ?? -1) + 1, offset, read.BytesRead, at, read.Next, read.IsLast, manifest.Name, manifest.Runs);
        return await imports.TryAddChunkAsync(job.Id, chunk, read.Remembered, cancellationToken) ? chunk : null;
    }

    private Job WithManifest(Job job, Manifest manifest) => job.Moved(clock.Now) with
    {
        Manifest = manifest.Name,
        Runs = manifest.Runs,
        Total = manifest.Total,
        Status = JobStatus.Running,
        StartedAt = clock.Now,
    };

    /// <summary>Whoever was faster decides.</summary>
    private async Task<StoredJob> ReplaceAsync(StoredJob stored, Job job, CancellationToken cancellationToken) =>
        await jobs.TryReplaceAsync(job, stored.Revision, cancellationToken)
        ?? await jobs.FindAsync(job.Id, cancellationToken)
        ?? throw new InvalidOperationException($"Job {job.Id} has vanished.");
}

/// <param name="ChunkBytes">Memory is bounded by this, not by the size of the file. A row must find room in it.</param>
/// <param name="TimePerCall">How long one call reads; the next goes on. A function has no time without end.</param>
public sealed record ImportSettings(int ChunkBytes, TimeSpan TimePerCall)
{
    public static readonly ImportSettings Default = new(4 * 1024 * 1024, TimeSpan.FromMinutes(1));
}
