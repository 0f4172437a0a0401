namespace CertFunctions.Core.Jobs;

/// <summary>
/// What one run has to do, in its order. All tasks for a user are of users of one shard, and no two are for one user and one
/// certification: they can stand in one transaction.
/// </summary>
/// <param name="Run">Counts from 0 through the job.</param>
public sealed record RunTasks(int Run, Shard Shard, IReadOnlyList<RunTask> Tasks);
