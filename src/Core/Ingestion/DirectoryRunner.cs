using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>
/// Carries out one run of a file of users, groups or branches. What a row asks for may be done again, so it is done first and noted
/// then: after a crash all users or members of a run, or up to <see cref="BranchesPerCommit"/> branches, are done a second time, which changes
/// nothing.
/// </summary>
public sealed class DirectoryRunner(IRunStore runs, UserImport users, GroupService groups, BranchService branches)
{
    public const int BranchesPerCommit = 500;

    public async Task<RunEnd> RunAsync(Job job, RunTasks run, bool isNew, CancellationToken cancellationToken)
    {
        var writer = await runs.OpenAsync(new RunKey(job.Id, run.Run, run.Shard), job.Turn, isNew, cancellationToken);
        var by = Actor.OfJob(job.Id, job.RequestedBy, Via.Csv);
        return await writer.DoAsync(run, job.Turn, left => ApplyAsync(job, NextOf(left), by, cancellationToken), cancellationToken);
    }

    /// <summary>As far as there are <see cref="BranchesPerCommit"/> of those that are done one by one.</summary>
    private static List<RunTask> NextOf(IEnumerable<RunTask> tasks)
    {
        var seen = 0;
        return [.. tasks.TakeWhile(task => task is not BranchTask || ++seen <= BranchesPerCommit)];
    }

    private async Task<IReadOnlyList<JobResult>> ApplyAsync(Job job, List<RunTask> tasks, Actor by, CancellationToken cancellationToken)
    {
        var put = await users.PutAsync(job, [.. tasks.OfType<UserTask>()], by, cancellationToken);
        var groupsOfFile = await PutGroupsAsync(job, tasks.OfType<GroupTask>(), by, cancellationToken);
        var members = await JoinAsync(tasks.OfType<GroupTask>(), job.CreatedAt, cancellationToken);
        var branchesOfFile = await PutBranchesAsync(tasks.OfType<BranchTask>(), by, cancellationToken);
        return [.. tasks.Select(task => task switch
        {
            UserTask user => put[user].IsDone(out var change, out var why) ? ResultOf(user, change.Value, job.Changed(change, change.Value.UpdatedAt)) : DirectoryResults.Failed(user, why),
            GroupTask { UserId: null } group => DirectoryResults.Of(group, groupsOfFile[group.GroupId]),
            GroupTask { UserId: { } userId } group => members[group.GroupId][userId].IsDone(out var change, out var why) ? DirectoryResults.Of(group, change.Changed) : DirectoryResults.Failed(group, why),
            BranchTask branch => branchesOfFile[branch].IsDone(out var change, out var why) ? DirectoryResults.Of(branch, job.Changed(change, change.Value.UpdatedAt)) : DirectoryResults.Failed(branch, why),
            DecidedTask decided => JobResult.Of(decided, null, decided.Outcome, decided.Code, decided.Detail),
            _ => throw new InvalidOperationException($"A {task.GetType().Name} changes no directory."),
        })];
    }

    /// <summary>One tree: parents first, one after the other.</summary>
    private async Task<Dictionary<BranchTask, Outcome<Change<Branch>>>> PutBranchesAsync(
        IEnumerable<BranchTask> tasks, Actor by, CancellationToken cancellationToken)
    {
        List<BranchTask> inOrder = [.. tasks];
        var put = await branches.PutManyAsync(inOrder.Select(task => new BranchPut(task.BranchId, task.Name, task.ParentId)), by, cancellationToken);
        return inOrder.Zip(put).ToDictionary(one => one.First, one => one.Second, (IEqualityComparer<BranchTask>)ReferenceEqualityComparer.Instance);
    }

    /// <summary>Each group once, before its members; the name in its last row counts.</summary>
    /// <returns>Whether each is new or changed.</returns>
    private async Task<Dictionary<LmsId, bool>> PutGroupsAsync(Job job, IEnumerable<GroupTask> tasks, Actor by, CancellationToken cancellationToken)
    {
        var changed = new Dictionary<LmsId, bool>();
        foreach (var (id, name) in tasks.GroupBy(task => task.GroupId).Select(rows => (rows.Key, rows.OrderBy(row => row.Line).Last().Name)))
        {
            var put = await groups.PutAsync(id, name, Precondition.None, by, cancellationToken);
            changed[id] = put.IsDone(out var change, out _) && job.Changed(change, change.Value.UpdatedAt);
        }

        return changed;
    }

    /// <summary>All members of each group together.</summary>
    private async Task<Dictionary<LmsId, IReadOnlyDictionary<LmsId, Outcome<Change<GroupMember>>>>> JoinAsync(
        IEnumerable<GroupTask> tasks, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var joined = new Dictionary<LmsId, IReadOnlyDictionary<LmsId, Outcome<Change<GroupMember>>>>();
        foreach (var group in tasks.Where(task => task.UserId is not null).GroupBy(task => task.GroupId, task => task.UserId!))
        {
            joined[group.Key] = await groups.AddMembersAsync(group.Key, [.. group.Distinct()], at, cancellationToken);
        }

        return joined;
    }

    private static JobResult ResultOf(UserTask task, User user, bool isChanged) =>
        isChanged || task.EditOf(user).IsSaidBy(user) ? DirectoryResults.Of(task, isChanged) : DirectoryResults.ChangedSince(task, user);
}
