using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>
/// Carries out one run of a file of users, groups or branches. What a row asks for may be done again, so it is done first and noted
/// then: after a crash up to <see cref="TasksPerCommit"/> rows are done a second time, which changes nothing.
/// </summary>
public sealed class DirectoryRunner(IAwardStore awards, UserService users, GroupService groups, BranchService branches)
{
    public const int TasksPerCommit = 25;
    private const int AtOnce = 8;

    public async Task RunAsync(Job job, RunTasks run, bool isNew, CancellationToken cancellationToken)
    {
        var writer = await awards.OpenRunAsync(new RunKey(job.Id, run.Run, run.Shard), isNew, cancellationToken);
        while (writer.Receipt.Stopped is null && writer.Receipt.Next < run.Tasks.Count)
        {
            var tasks = run.Tasks.Skip(writer.Receipt.Next).Take(TasksPerCommit).ToList();
            var decisions = await ApplyAsync(tasks, job.CreatedAt, cancellationToken);
            await writer.CommitAllAsync([.. tasks.Select((task, index) => AwardWrite.Of(task, null, null, decisions[index]))], cancellationToken);
        }
    }

    private async Task<Decision[]> ApplyAsync(List<RunTask> tasks, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var decisions = new Decision[tasks.Count];
        var groupsOfFile = await PutGroupsAsync(tasks.OfType<GroupTask>(), at, cancellationToken);
        var options = new ParallelOptions
        {
            // Branches are one tree: parents first, one after the other.
            MaxDegreeOfParallelism = tasks.Any(task => task is BranchTask) ? 1 : AtOnce,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(tasks.Index(), options, async (task, token) => decisions[task.Index] = task.Item switch
        {
            UserTask user => await PutAsync(user, at, token),
            GroupTask group => await JoinAsync(group, groupsOfFile[group.GroupId], at, token),
            BranchTask branch => await PutAsync(branch, at, token),
            DecidedTask decided => new Decision(decided.Outcome, decided.Code, decided.Detail, null),
            var other => throw new InvalidOperationException($"A {other.GetType().Name} changes no directory."),
        });
        return decisions;
    }

    private async Task<Decision> PutAsync(UserTask task, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var put = await users.PutAsync(task.UserId!, task.EditOf, Precondition.None, at, cancellationToken);
        return put.IsDone(out var saved, out var why) ? DecisionOf(saved.Changed || saved.Value.UpdatedAt >= at) : Decision.Fail(why.Code, why.Detail);
    }

    private async Task<Decision> PutAsync(BranchTask task, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var put = await branches.PutAsync(task.BranchId, task.Name, task.ParentId, Precondition.None, cancellationToken);
        return put.IsDone(out var saved, out var why) ? DecisionOf(saved.Changed || saved.Value.UpdatedAt >= at) : Decision.Fail(why.Code, why.Detail);
    }

    /// <summary>Each group once, before its members; the name in its last row counts.</summary>
    /// <returns>Whether each is new or changed.</returns>
    private async Task<Dictionary<LmsId, bool>> PutGroupsAsync(IEnumerable<GroupTask> tasks, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var changed = new Dictionary<LmsId, bool>();
        foreach (var (id, name) in tasks.GroupBy(task => task.GroupId).Select(rows => (rows.Key, rows.Last().Name)))
        {
            var put = await groups.PutAsync(id, name, Precondition.None, cancellationToken);
            changed[id] = put.IsDone(out var saved, out _) && (saved.Changed || saved.Value.UpdatedAt >= at);
        }

        return changed;
    }

    private async Task<Decision> JoinAsync(GroupTask task, bool isGroupChanged, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (task.UserId is null)
        {
            return DecisionOf(isGroupChanged);
        }

        var joined = await groups.AddMemberAsync(task.GroupId, task.UserId, at, cancellationToken);
        return joined.IsDone(out var saved, out var why) ? DecisionOf(saved.Changed) : Decision.Fail(why.Code, why.Detail);
    }

    private static Decision DecisionOf(bool isChanged) =>
        isChanged ? new Decision(AwardOutcome.Updated, null, null, null) : Decision.Skip("unchanged", "It was so before.");
}
