namespace CertFunctions.Core.Jobs;

/// <summary>
/// What one run has to do, in its order. All tasks for a user are of users of one shard, and no two are for one user and one
/// certification: they can stand in one transaction.
/// </summary>
/// <param name="Run">Counts from 0 through the job.</param>
public sealed record RunTasks(int Run, Shard Shard, IReadOnlyList<RunTask> Tasks)
{
    /// <summary>A run that does for each user what the job's order says.</summary>
    /// <param name="userIds">In ordinal order, without repetition.</param>
    public static RunTasks Of(int run, Shard shard, IEnumerable<LmsId> userIds) =>
        new(run, shard, [.. userIds.Select(userId => new OrderTask { UserId = userId })]);
}
