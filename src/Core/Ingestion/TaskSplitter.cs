using CertFunctions.Core.Awarding;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>Cuts the tasks of a chunk of a file into runs.</summary>
public static class TaskSplitter
{
    /// <param name="tasks">In the order of the file. Awards and branches keep it in each run; users and members come as they lie in the store.</param>
    /// <remarks>
    /// The rows of a file of users, good and bad ones, lie in <see cref="ShardOrder"/>; behind them are those that name nobody. What happens to a user
    /// needs no transaction with its run: so a small file does not come to a run a shard.
    /// </remarks>
    public static IEnumerable<RunTasks> Split(ImportKind kind, IReadOnlyList<RunTask> tasks)
    {
        var run = 0;
        var users = tasks.ToLookup(task => kind == ImportKind.Users && task.UserId is not null);
        var inOrder = users[true].OrderBy(task => Shard.Of(task.UserId!).Number).ThenBy(task => task.UserId!.Value, StringComparer.Ordinal);
        foreach (var some in inOrder.Chunk(RunSplitter.TasksPerRun))
        {
            yield return new RunTasks(run++, Shard.Of(some[0].UserId!), some);
        }

        foreach (var ofShard in users[false].GroupBy(ShardOf).OrderBy(group => group.Key.Number))
        {
            foreach (var part in Cut(kind, InOrder(ofShard)))
            {
                yield return new RunTasks(run++, ofShard.Key, part);
            }
        }
    }

    /// <summary>The members of a group as they lie in the store, so that those of a run lie together; all else as in the file.</summary>
    private static IEnumerable<RunTask> InOrder(IEnumerable<RunTask> tasks) => tasks
        .OrderBy(task => (task as GroupTask)?.GroupId.Value, StringComparer.Ordinal)
        .ThenBy(task => task is GroupTask { UserId: { } member } ? Shard.Of(member).Number : 0)
        .ThenBy(task => (task as GroupTask)?.UserId?.Value, StringComparer.Ordinal);

    private static Shard ShardOf(RunTask task) => task switch
    {
        // All rows of a group come one after the other, so that they do not contend for it.
        GroupTask group => Shard.Of(group.GroupId),
        // One tree, one run.
        BranchTask => Shard.Numbered(0),
        { UserId: { } userId } => Shard.Of(userId),

        // A file of nothing but bad rows shall not crowd one shard.
        _ => Shard.Numbered(task.Line.GetValueOrDefault() / RunSplitter.TasksPerRun % Shard.Count),
    };

    private static IEnumerable<RunTask[]> Cut(ImportKind kind, IEnumerable<RunTask> ofShard) => kind switch
    {
        ImportKind.Awards => CutBetweenUsers(ofShard),
        ImportKind.Branches when ofShard.Any(task => task is BranchTask) => [[.. ofShard]],
        _ => ofShard.Chunk(RunSplitter.TasksPerRun),
    };

    /// <summary>
    /// All tasks for a user come into one run, as long as it has room: what a row comes to depends on the rows for the same award before it. They
    /// cannot stand in one transaction, so in each run the first tasks of all awards come first, then the second ones and so on: a file with five
    /// rows for each person is done in large transactions all the same.
    /// </summary>
    private static IEnumerable<RunTask[]> CutBetweenUsers(IEnumerable<RunTask> tasks)
    {
        var run = new List<RunTask>(RunSplitter.TasksPerRun);
        foreach (var some in tasks.GroupBy(task => task.UserId).SelectMany(ofUser => ofUser.Chunk(ofUser.Key is null ? 1 : RunSplitter.TasksPerRun)))
        {
            if (run.Count + some.Length > RunSplitter.TasksPerRun)
            {
                yield return InTurns(run);
                run.Clear();
            }

            run.AddRange(some);
        }

        if (run.Count > 0)
        {
            yield return InTurns(run);
        }
    }

    private static RunTask[] InTurns(IEnumerable<RunTask> tasks)
    {
        var turns = new Dictionary<(LmsId?, CertificationCode), int>();
        return [.. tasks.OrderBy(task => task.Line).Select(task => (Task: task, Turn: TurnOf(task, turns))).OrderBy(task => task.Turn).Select(task => task.Task)];
    }

    /// <returns>How many tasks for the same award came before.</returns>
    private static int TurnOf(RunTask task, Dictionary<(LmsId?, CertificationCode), int> turns)
    {
        var code = task switch
        {
            AwardTask award => award.Code,
            RevokeTask revoke => revoke.Code,
            _ => null,
        };
        if (code is null)
        {
            return 0;
        }

        turns.TryGetValue((task.UserId, code), out var turn);
        turns[(task.UserId, code)] = turn + 1;
        return turn;
    }
}
