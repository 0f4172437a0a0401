using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Testing.Records;

/// <summary>Jobs for tests; change what matters with <c>with</c>.</summary>
public static class TestJob
{
    public static readonly DateTimeOffset At = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    public static Job Queued() => Queued(At);

    public static Job Queued(DateTimeOffset at) => Of(Work, at);

    public static Job Of(Work work) => Of(work, At);

    public static Job Of(Work work, DateTimeOffset at) => Job.Queued(JobId.New(at), work, "local-developer", at);

    public static AwardUsersWork Work { get; } = new(
        CertificationCode.Parse("FIRE-1"),
        new AwardOrder(new DateOnly(2026, 11, 24), new DateOnly(2028, 11, 24), Association.Manual, OnExisting.KeepNewest, "audit 2026"),
        Users: null);

    /// <summary>Tasks that do what the order of the job says.</summary>
    public static IEnumerable<RunTask> TasksOf(IEnumerable<LmsId> userIds) => userIds.Select(userId => new OrderTask { UserId = userId });

    public static Job OfFew(params ReadOnlySpan<string> userIds)
    {
        IReadOnlyList<LmsId> users = [.. userIds.ToArray().Select(LmsId.Parse).Order(ShardOrder.Instance)];
        var work = Work with { Users = users };
        return Of(work) with { Status = JobStatus.Running, Runs = work.FewRuns!.Count, Total = users.Count, StartedAt = At };
    }
}
