using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>Does what the rows of a file ask for, and writes a report on them.</summary>
[StoredAs("import")]
public sealed record ImportWork(ImportFile File) : Work, IFileWork
{
    public override JobKind Kind => JobKind.Import;

    public override JobError GivenUp =>
        new JobError(ErrorCode.ImportFailed, "The file could not be read or reported on; the log says why. It lies in the archive.");

    public override string? FilePath => File.Path;

    public override bool CanBeUndone => File.Kind == ImportKind.Awards;

    public override JobId? FollowedBy => File.FollowedBy;

    /// <summary>The report.</summary>
    public override bool HasFinish => true;
}
