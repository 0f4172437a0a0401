using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>Cuts the tasks of a chunk of a file into runs.</summary>
public static class TaskSplitter
{
    /// <param name="tasks">In the order of the file; in each run they keep it.</param>
    public static IEnumerable<RunTasks> Split(IReadOnlyList<RunTask> tasks)
    {
        var run = 0;
        foreach (var ofShard in tasks.GroupBy(ShardOf).OrderBy(group => group.Key.Number))
        {
            foreach (var part in Cut(ofShard))
            {
                yield return new RunTasks(run++, ofShard.Key, part);
            }
        }
    }

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

    private static IEnumerable<List<RunTask>> Cut(IEnumerable<RunTask> tasks)
    {
        var part = new List<RunTask>();
        var awards = new HashSet<(LmsId?, CertificationCode)>();
        foreach (var task in tasks)
        {
            var isFull = part.Count == RunSplitter.TasksPerRun && task is not BranchTask;
            if (isFull || !IsNew(task, awards))
            {
                yield return part;
                part = [];
                awards.Clear();
                IsNew(task, awards);
            }

            part.Add(task);
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    /// <summary>
    /// Two tasks for one award cannot stand in one transaction. Duplicates are refused when the file is read; beyond the rows that are
    /// remembered for that, they come here.
    /// </summary>
    private static bool IsNew(RunTask task, HashSet<(LmsId?, CertificationCode)> awards) => task switch
    {
        AwardTask award => awards.Add((task.UserId, award.Code)),
        RevokeTask revoke => awards.Add((task.UserId, revoke.Code)),
        _ => true,
    };
}
