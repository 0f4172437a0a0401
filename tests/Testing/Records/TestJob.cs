using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Testing.Records;

/// <summary>Jobs for tests; change what matters with <c>with</c>.</summary>
public static class TestJob
{
    public static readonly DateTimeOffset At = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    public static Job Queued() => Queued(At);

    public static Job Queued(DateTimeOffset at) => new()
    {
        Id = JobId.New(at),
        Kind = JobKind.Award,
        Status = JobStatus.Queued,
        CertificationCode = CertificationCode.Parse("FIRE-1"),
        Order = new AwardOrder(new DateOnly(2026, 11, 24), new DateOnly(2028, 11, 24), Association.Manual, OnExisting.KeepNewest, "audit 2026"),
        RequestedBy = "local-developer",
        CreatedAt = at,
        SentAt = at,
    };

    public static Job OfFew(params ReadOnlySpan<string> userIds)
    {
        IReadOnlyList<LmsId> users = [.. userIds.ToArray().Select(LmsId.Parse).Order(ShardOrder.Instance)];
        return Queued() with
        {
            Status = JobStatus.Running,
            Users = users,
            Runs = RunSplitter.SplitFew(users).Count,
            Total = users.Count,
            StartedAt = At,
        };
    }
}
