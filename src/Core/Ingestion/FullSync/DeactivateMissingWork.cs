using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.FullSync;

/// <summary>Deactivates the users that a file, which is the whole directory, does not name, and reports on them.</summary>
/// <param name="File">As its import read it.</param>
/// <param name="ImportId">The job that imports the file.</param>
/// <param name="TakenAt">When the file was taken: what is known of a user since then counts more than that the file does not name it.</param>
[StoredAs("deactivateMissing")]
public sealed record DeactivateMissingWork(ImportFile File, JobId ImportId, DateTimeOffset TakenAt) : Work, IFileWork
{
    public override JobKind Kind => JobKind.Import;

    public override JobError GivenUp => new(ErrorCode.ImportFailed, "Who is missing could not be found out or reported on; the log says why.");

    public override string? FilePath => File.Path;

    public override bool CanBeUndone => false;

    public override JobId? Follows => ImportId;

    /// <summary>The report.</summary>
    public override bool HasFinish => true;
}
