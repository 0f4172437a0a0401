using System.Runtime.CompilerServices;

namespace CertFunctions.Core.Jobs;

/// <summary>Cuts a list of users into runs. The same list always has the same borders.</summary>
public static class RunSplitter
{
    /// <summary>About 30 transactions: long enough to be worth a message, short enough to be done in seconds.</summary>
    public const int TasksPerRun = 1_000;

    /// <param name="userIds">In <see cref="ShardOrder"/>, without repetition.</param>
    public static IAsyncEnumerable<RunTasks> SplitAsync(IAsyncEnumerable<LmsId> userIds, CancellationToken cancellationToken) =>
        SplitAsync(userIds.Select(userId => new OrderTask { UserId = userId }), cancellationToken);

    /// <param name="tasks">All for one certification, in <see cref="ShardOrder"/>; several for one user come into runs of their own.</param>
    public static async IAsyncEnumerable<RunTasks> SplitAsync(
        IAsyncEnumerable<RunTask> tasks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var run = 0;
        var shard = default(Shard);
        var pending = new List<RunTask>(TasksPerRun);
        await foreach (var task in tasks.WithCancellation(cancellationToken))
        {
            var shardOfUser = Shard.Of(task.UserId!);
            if (pending.Count == TasksPerRun || (pending.Count > 0 && (shardOfUser != shard || pending[^1].UserId == task.UserId)))
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
    public static IReadOnlyList<RunTasks> SplitFew(IReadOnlyList<LmsId> userIds) =>
        [.. userIds.GroupBy(Shard.Of).Select((shard, run) => RunTasks.Of(run, shard.Key, shard))];
}
