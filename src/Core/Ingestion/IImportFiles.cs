using CertFunctions.Core.Ingestion.Csv;

namespace CertFunctions.Core.Ingestion;

/// <summary>The files: those dropped, those taken into the archive, and the reports on them.</summary>
public interface IImportFiles
{
    /// <returns>Null when there is no such file, or no longer.</returns>
    Task<DroppedFile?> FindDroppedAsync(string path, CancellationToken cancellationToken);

    /// <summary>An address under which anybody may write this one file into the drop, and do nothing else.</summary>
    /// <param name="from">When it begins to be good.</param>
    /// <param name="until">When it ceases to be.</param>
    Task<Uri> GrantDropAsync(string path, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>All that lie in the drop. It is kept short: an ingested file leaves it.</summary>
    IAsyncEnumerable<DroppedFile> ListDroppedAsync(CancellationToken cancellationToken);

    /// <summary>Copies a dropped file into the archive. Safe to repeat.</summary>
    /// <returns>False when the file is another by now, or gone.</returns>
    Task<bool> TryArchiveAsync(DroppedFile file, string archive, CancellationToken cancellationToken);

    /// <summary>Takes a file out of the drop, unless it is another by now.</summary>
    Task RemoveDroppedAsync(DroppedFile file, CancellationToken cancellationToken);

    /// <summary>Part of a file in the archive, as it came; shorter where the file ends.</summary>
    Task<ReadOnlyMemory<byte>> ReadAsync(string archive, long offset, int count, CancellationToken cancellationToken);

    /// <summary>Part of the UTF-8 text of the file of a job; shorter where it ends.</summary>
    Task<ReadOnlyMemory<byte>> ReadTextAsync(JobId id, ImportFile file, long offset, int count, CancellationToken cancellationToken);

    /// <summary>Makes <see cref="ReadTextAsync"/> possible where the file is in another encoding. Safe to repeat.</summary>
    Task PrepareTextAsync(JobId id, ImportFile file, CsvFormat format, CancellationToken cancellationToken);

    /// <summary>How many parts of a report are written, from the first on without a gap.</summary>
    Task<int> CountReportPartsAsync(ReportDraft report, CancellationToken cancellationToken);

    /// <summary>Writes a part of a report. Safe to repeat.</summary>
    /// <param name="part">From 0 on.</param>
    Task WriteReportPartAsync(ReportDraft report, int part, Stream content, CancellationToken cancellationToken);

    /// <summary>Makes the report of its parts; before that there is none, or the one of the turn before. Safe to repeat.</summary>
    Task CompleteReportAsync(ReportDraft report, int parts, CancellationToken cancellationToken);

    /// <returns>Null when there is none, or not yet.</returns>
    Task<Stream?> FindReportAsync(JobId id, ImportFile file, CancellationToken cancellationToken);
}

/// <summary>A report that is being written.</summary>
/// <param name="Path">See <see cref="ImportFile.ReportOf"/>.</param>
/// <param name="Turn">The turn of the job that writes it: another turn writes other parts, which take the place of these.</param>
public sealed record ReportDraft(string Path, int Turn);
