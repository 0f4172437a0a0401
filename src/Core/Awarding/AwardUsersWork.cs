using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Awards a certification to the users that somebody chose.</summary>
/// <param name="Order">What each of them is to get.</param>
/// <param name="Users">In <see cref="ShardOrder"/>, where they are few; null: they are in the selection.</param>
[StoredAs("awardUsers")]
public sealed record AwardUsersWork(CertificationCode Code, AwardOrder Order, IReadOnlyList<LmsId>? Users) : Work
{
    public override JobKind Kind => JobKind.Award;

    public override JobError GivenUp => new JobError(ErrorCode.ExpansionFailed, "The selection could not be resolved; the log says why.");

    public override CertificationCode? About => Code;

    public override string? Why => Order.Reason;

    public override IReadOnlyList<RunTasks>? FewRuns =>
        Users is null ? null : RunSplitter.SplitFew(Users.Select(userId => new OrderTask { UserId = userId }));
}
