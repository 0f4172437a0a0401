using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding.Undoing;

/// <summary>Puts back what a job changed.</summary>
/// <param name="JobId">The job that is undone.</param>
/// <param name="Code">The certification that it is about; null: several.</param>
[StoredAs("undo")]
public sealed record UndoWork(JobId JobId, CertificationCode? Code, string? Reason) : Work
{
    public override JobKind Kind => JobKind.Undo;

    public override JobError GivenUp => new(ErrorCode.ExpansionFailed, "What the job changed could not be read; the log says why.");

    public override CertificationCode? About => Code;

    public override string? Why => Reason;

    public override JobId? Undoes => JobId;
}
