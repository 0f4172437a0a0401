using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Ingestion.Rows;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>Reads the file of a job, chunk by chunk, into tasks. After a crash it goes on behind the last chunk that was noted.</summary>
public sealed class ImportReader(
    IImportFiles files, IImportStore imports, IManifestStore manifests, CsvTaskReaders readers, IJobStore jobs, OrganisationClock clock,
    ImportSettings settings)
{
    /// <summary>Reads on for a while.</summary>
    /// <returns>
    /// The job as it is stored afterwards: with its manifest when all is read, ended when the file was refused. Null: it has ended meanwhile, or
    /// somebody else was faster, who reads on.
    /// </returns>
    public async Task<StoredJob?> ReadAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        while (stored.Job is { IsFinal: false, Work: ImportWork { File.Format: null } })
        {
            stored = await OpenAsync(stored, cancellationToken);
        }

        if (stored.Job.IsFinal)
        {
            return stored;
        }

        var job = stored.Job;
        var chunks = (await imports.ListChunksAsync(job.Id, cancellationToken)).ToList();
        var reader = await ResumeAsync(job, chunks, cancellationToken);

        // Not counted before, and never up before a chunk is read: to find the place again takes longer at each call.
        var (until, read) = (clock.Now + settings.TimePerCall, chunks.Count);
        while (chunks.Count == 0 || !chunks[^1].IsLast)
        {
            if (clock.Now >= until && chunks.Count > read)
            {
                return await jobs.MoveAsync(stored, same => same.Moved(clock.Now), cancellationToken);
            }

            if (await ReadChunkAsync(job, reader, chunks.LastOrDefault(), cancellationToken) is not { } chunk)
            {
                return null;
            }

            chunks.Add(chunk);
        }

        var manifest = await manifests.JoinAsync(job.Id, [.. chunks.Select(chunk => chunk.Manifest)], cancellationToken);
        return await jobs.MoveAsync(stored, same => same.Resolved(manifest, clock.Now), cancellationToken);
    }

    /// <summary>Finds out how the file is written, or why it cannot be read.</summary>
    private async Task<StoredJob> OpenAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        var (job, file) = (stored.Job, FileOf(stored.Job));
        if (file.Length > Limits.CsvFileBytes)
        {
            var detail = $"The file has {file.Length} bytes; {Limits.CsvFileBytes} are the most.";
            return await jobs.ReplaceOrFindAsync(stored, job.Failed(ErrorCode.FileTooLarge, detail, clock.Now), cancellationToken);
        }

        if (WhyNot(file, job.CreatedAt) is { } broken)
        {
            return await jobs.ReplaceOrFindAsync(stored, job.Failed(ErrorCode.ImportOptionInvalid, broken, clock.Now), cancellationToken);
        }

        var head = await files.ReadAsync(file.Archive, 0, CsvFormat.HeadBytes, cancellationToken);
        var detected = CsvFormat.Detect(head.Span, head.Length == file.Length, file.Kind, file.Separator, file.Charset);
        if (!detected.IsDone(out var format, out var why))
        {
            return await jobs.ReplaceOrFindAsync(stored, job.Failed(why.Code, why.Detail, clock.Now), cancellationToken);
        }

        await files.PrepareTextAsync(job.Id, file, format, cancellationToken);
        var next = file.Options.Missing == MissingUsers.Deactivate ? JobId.New(clock.Now) : null;
        return await jobs.ReplaceOrFindAsync(stored, job with { Work = new ImportWork(file with { Format = format, FollowedBy = next }) }, cancellationToken);
    }

    /// <summary>What a request says was judged before it was answered; what is said of a dropped file is judged here.</summary>
    private static string? WhyNot(ImportFile file, DateTimeOffset now) =>
        file.Options.Unreadable ?? file.Options.Broken(file.Kind, now).Select(broken => $"{broken.Name} {broken.Why}").FirstOrDefault();

    private async Task<CsvTaskReader> ResumeAsync(Job job, IEnumerable<ImportChunk> chunks, CancellationToken cancellationToken)
    {
        var file = FileOf(job);
        var reader = readers.Open(file.Kind, file.Format!, file.OnExisting);
        foreach (var chunk in chunks)
        {
            reader.Restore((await imports.ReadRememberedAsync(job.Id, chunk, cancellationToken)).Span);
        }

        return reader;
    }

    /// <returns>Null when another reader was faster.</returns>
    private async Task<ImportChunk?> ReadChunkAsync(Job job, CsvTaskReader reader, ImportChunk? former, CancellationToken cancellationToken)
    {
        var file = FileOf(job);
        var format = file.Format!;
        var (offset, at) = former is null ? (format.RowsStart, format.Start) : (former.End, former.Next);
        var text = await files.ReadTextAsync(job.Id, file, offset, settings.ChunkBytes, cancellationToken);
        var read = await reader.ReadAsync(text, at, isLast: text.Length < settings.ChunkBytes, cancellationToken);
        var manifest = await manifests.WriteAsync(job.Id, TaskSplitter.Split(file.Kind, read.Tasks).ToAsyncEnumerable(), cancellationToken);
        var chunk = new ImportChunk(
            (former?.Number ?? -1) + 1, offset, read.BytesRead, at, read.Next, read.IsLast, manifest.Name, manifest.Runs,
            Nameless: read.Tasks.Count(task => task.UserId is null));
        return await imports.TryAddChunkAsync(job.Id, chunk, read.Remembered, cancellationToken) ? chunk : null;
    }

    private static ImportFile FileOf(Job job) => ((ImportWork)job.Work).File;
}

/// <param name="ChunkBytes">Memory is bounded by this, not by the size of the file. A row must find room in it.</param>
/// <param name="TimePerCall">How long one call reads; the next goes on. A function has no time without end.</param>
public sealed record ImportSettings(int ChunkBytes, TimeSpan TimePerCall)
{
    public static readonly ImportSettings Default = new(4 * 1024 * 1024, TimeSpan.FromMinutes(1));
}
