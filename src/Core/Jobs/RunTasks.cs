namespace CertFunctions.Core.Jobs;

/// <summary>
/// What one run has to do, in its order. All tasks for a user are of users of one shard. Several for one user and one certification cannot stand
/// in one transaction: the later ones are decided when the earlier ones are stored.
/// </summary>
/// <param name="Run">Counts from 0 through the job.</param>
public sealed record RunTasks(int Run, Shard Shard, IReadOnlyList<RunTask> Tasks);
