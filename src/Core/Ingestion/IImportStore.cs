using CertFunctions.Core.Ingestion.Csv;

namespace CertFunctions.Core.Ingestion;

/// <summary>Remembers which files were ingested, and how far each was read.</summary>
public interface IImportStore
{
    /// <summary>
    /// The job that ingests this content of this file: always the same one, however often and by whomever the file is reported, until
    /// another content has been dropped under the name.
    /// </summary>
    /// <param name="proposed">The job, where there is none yet.</param>
    /// <param name="instead">A job that does not count any more: where the content is registered for it, the proposed one takes its place.</param>
    Task<Registration> RegisterAsync(DroppedFile file, JobId proposed, JobId? instead, CancellationToken cancellationToken);

    /// <summary>
    /// Notes, before a file is copied into the archive, for which job: where the file is written over or deleted before that job is made,
    /// this is all that is known of it. Safe to repeat.
    /// </summary>
    Task NoteTakenAsync(TakenFile taken, CancellationToken cancellationToken);

    /// <summary>The job is made, or nothing was copied for it. Done before: nothing happens.</summary>
    Task ForgetTakenAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>All that was noted and not forgotten: what is being taken in at the moment, and what a crash cut short.</summary>
    IAsyncEnumerable<TakenFile> ListTakenAsync(CancellationToken cancellationToken);

    /// <summary>Notes that a chunk has been read. The first to note a chunk decides.</summary>
    /// <returns>False when this chunk was noted before.</returns>
    Task<bool> TryAddChunkAsync(JobId id, ImportChunk chunk, ReadOnlyMemory<byte> remembered, CancellationToken cancellationToken);

    /// <summary>The chunks that have been read, in order.</summary>
    Task<IReadOnlyList<ImportChunk>> ListChunksAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>What was remembered with the chunk.</summary>
    Task<ReadOnlyMemory<byte>> ReadRememberedAsync(JobId id, ImportChunk chunk, CancellationToken cancellationToken);
}

/// <summary>A part of a file that has been read: from it, the next one can be read, and the report on it be written.</summary>
/// <param name="Number">Counts from 0.</param>
/// <param name="Offset">Where it begins in the UTF-8 text of the file, in bytes.</param>
/// <param name="Length">In bytes.</param>
/// <param name="At">Where in the lines of the file it begins.</param>
/// <param name="Next">Where in the lines of the file the next one begins.</param>
/// <param name="Manifest">The tasks that it came to.</param>
/// <param name="Runs">How many runs they were cut into.</param>
/// <param name="Nameless">How many of its rows do not tell whom they are about.</param>
/// <param name="Remembered">Names what has to be remembered of it for the chunks behind it; null: nothing.</param>
public sealed record ImportChunk(
    int Number, long Offset, int Length, CsvPosition At, CsvPosition Next, bool IsLast, string Manifest, int Runs, int Nameless = 0, string? Remembered = null)
{
    public long End => Offset + Length;
}

/// <summary>A file on its way from the drop into the archive.</summary>
/// <param name="JobId">The job that is registered for it.</param>
public sealed record TakenFile(JobId JobId, DroppedFile File);

/// <param name="Revision">Of the upload for which the job was registered: another one where the same content was dropped again.</param>
public sealed record Registration(JobId JobId, string Revision);
