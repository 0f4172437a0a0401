using System.Runtime.CompilerServices;

namespace CertFunctions.Core.Jobs;

/// <summary>Cuts a list of tasks into runs. The same list always has the same borders.</summary>
public static class RunSplitter
{
    /// <summary>About 30 transactions: long enough to be worth a message, short enough to be done in seconds.</summary>
    public const int TasksPerRun = 1_000;

    /// <param name="tasks">In <see cref="ShardOrder"/>; several for one user come one behind the other.</param>
    public static async IAsyncEnumerable<RunTasks> SplitAsync(
        IAsyncEnumerable<RunTask> tasks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var run = 0;
        var shard = default(Shard);
        var pending = new List<RunTask>(TasksPerRun);
        await foreach (var task in tasks.WithCancellation(cancellationToken))
        {
            var shardOfUser = Shard.Of(task.UserId!);
            if (pending.Count == TasksPerRun || (pending.Count > 0 && shardOfUser != shard))
            {
                yield return new RunTasks(run++, shard, [.. pending]);
                pending.Clear();
            }

            shard = shardOfUser;
            pending.Add(task);
        }

        if (pending.Count > 0)
        {
            yield return new RunTasks(run, shard, [.. pending]);
        }
    }

    /// <summary>The runs of a job that names its few users itself: one a shard.</summary>
    /// <param name="tasks">In <see cref="ShardOrder"/>, one a user.</param>
    public static IReadOnlyList<RunTasks> SplitFew(IEnumerable<RunTask> tasks) =>
        [.. tasks.GroupBy(task => Shard.Of(task.UserId!)).Select((shard, run) => new RunTasks(run, shard.Key, [.. shard]))];
}
