using System.Runtime.CompilerServices;

namespace CertFunctions.Core.Jobs;

/// <summary>Cuts a list of users into runs. The same list always has the same borders.</summary>
public static class RunSplitter
{
    /// <summary>About 30 transactions: long enough to be worth a message, short enough to be done in seconds.</summary>
    public const int UsersPerRun = 1_000;

    /// <param name="userIds">In <see cref="ShardOrder"/>, without repetition.</param>
    public static async IAsyncEnumerable<RunTasks> SplitAsync(
        IAsyncEnumerable<LmsId> userIds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var run = 0;
        var shard = default(Shard);
        var pending = new List<LmsId>(UsersPerRun);
        await foreach (var userId in userIds.WithCancellation(cancellationToken))
        {
            var shardOfUser = Shard.Of(userId);
            if (pending.Count == UsersPerRun || (pending.Count > 0 && shardOfUser != shard))
            {
                yield return RunTasks.Of(run++, shard, pending);
                pending.Clear();
            }

            shard = shardOfUser;
            pending.Add(userId);
        }

        if (pending.Count > 0)
        {
            yield return RunTasks.Of(run, shard, pending);
        }
    }

    /// <summary>The runs of a job that names its few users itself: one a shard.</summary>
    public static IReadOnlyList<RunTasks> SplitFew(IReadOnlyList<LmsId> userIds) =>
        [.. userIds.GroupBy(Shard.Of).Select((shard, run) => RunTasks.Of(run, shard.Key, shard))];
}
