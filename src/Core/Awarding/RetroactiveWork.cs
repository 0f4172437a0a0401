using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Awards a certification to those who completed one of its activities before it listed that.</summary>
[StoredAs("retroactive")]
public sealed record RetroactiveWork(CertificationCode Code) : Work
{
    public override JobKind Kind => JobKind.Retroactive;

    public override JobError GivenUp => new JobError(ErrorCode.ExpansionFailed, "Who completed what could not be read; the log says why.");

    public override CertificationCode? About => Code;
}
