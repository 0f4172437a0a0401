using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>
/// Carries out one run of a file of users, groups or branches. What a row asks for may be done again, so it is done first and noted
/// then: after a crash up to <see cref="TasksPerCommit"/> rows, or all members of a run, are done a second time, which changes nothing.
/// </summary>
public sealed class DirectoryRunner(IRunStore runs, UserService users, GroupService groups, BranchService branches)
{
    public const int TasksPerCommit = 25;
    private const int AtOnce = 8;

    public async Task RunAsync(Job job, RunTasks run, bool isNew, CancellationToken cancellationToken)
    {
        var writer = await runs.OpenAsync(new RunKey(job.Id, run.Run, run.Shard), isNew, cancellationToken);
        var by = Actor.OfJob(job.Id, job.RequestedBy, Via.Csv);
        var unchanged = await TakeUnchangedAsync(run.Tasks.Skip(writer.Receipt.Next), job.CreatedAt, cancellationToken);
        while (writer.Receipt.Stopped is null && writer.Receipt.Next < run.Tasks.Count)
        {
            var tasks = NextOf(run.Tasks.Skip(writer.Receipt.Next), unchanged);
            var results = await ApplyAsync(tasks, unchanged, job.CreatedAt, by, cancellationToken);
            await writer.CommitAllAsync([.. results.Select(result => new TaskWrite(result))], cancellationToken);
        }
    }

    /// <summary>Most rows of a nightly file say what is known. Of a user that has several, each is looked at for itself.</summary>
    private async Task<Dictionary<LmsId, User>> TakeUnchangedAsync(IEnumerable<RunTask> tasks, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var only = tasks.OfType<UserTask>().GroupBy(task => task.UserId!).Where(ofUser => ofUser.Count() == 1).Select(ofUser => ofUser.First());
        var taken = await Task.WhenAll(only.GroupBy(task => Shard.Of(task.UserId!)).Select(shard => users.TakeUnchangedAsync(
            shard.Key, shard.ToDictionary(task => task.UserId!, task => (Func<User?, UserEdit?>)task.EditOf), at, cancellationToken)));
        return taken.SelectMany(ofShard => ofShard).ToDictionary(user => user.Id);
    }

    /// <summary>As far as there are <see cref="TasksPerCommit"/> of those that are done one by one.</summary>
    private static List<RunTask> NextOf(IEnumerable<RunTask> tasks, Dictionary<LmsId, User> unchanged)
    {
        var oneByOne = 0;
        return [.. tasks.TakeWhile(task => !IsDoneAlone(task) || ++oneByOne <= TasksPerCommit)];

        bool IsDoneAlone(RunTask task) => task is BranchTask || (task is UserTask && !unchanged.ContainsKey(task.UserId!));
    }

    private async Task<JobResult[]> ApplyAsync(
        List<RunTask> tasks, Dictionary<LmsId, User> unchanged, DateTimeOffset at, Actor by, CancellationToken cancellationToken)
    {
        var results = new JobResult[tasks.Count];
        var groupsOfFile = await PutGroupsAsync(tasks.OfType<GroupTask>(), at, by, cancellationToken);
        var members = await JoinAsync(tasks.OfType<GroupTask>(), at, cancellationToken);
        var options = new ParallelOptions
        {
            // Branches are one tree: parents first, one after the other.
            MaxDegreeOfParallelism = tasks.Any(task => task is BranchTask) ? 1 : AtOnce,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(tasks.Index(), options, async (task, token) => results[task.Index] = task.Item switch
        {
            UserTask user when unchanged.TryGetValue(user.UserId!, out var same) => ResultOf(user, same.UpdatedAt >= at),
            UserTask user => await PutAsync(user, at, by, token),
            GroupTask { UserId: null } group => ResultOf(group, groupsOfFile[group.GroupId]),
            GroupTask { UserId: { } userId } group => members[group.GroupId][userId].IsDone(out var change, out var why) ? ResultOf(group, change.Changed) : Failed(group, why),
            BranchTask branch => await PutAsync(branch, at, by, token),
            DecidedTask decided => JobResult.Of(decided, null, decided.Outcome, decided.Code, decided.Detail),
            var other => throw new InvalidOperationException($"A {other.GetType().Name} changes no directory."),
        });
        return results;
    }

    private async Task<JobResult> PutAsync(UserTask task, DateTimeOffset at, Actor by, CancellationToken cancellationToken)
    {
        var put = await users.PutAsync(task.UserId!, task.EditOf, Precondition.None, at, by, cancellationToken);
        return put.IsDone(out var change, out var why) ? ResultOf(task, change.Changed || change.Value.UpdatedAt >= at) : Failed(task, why);
    }

    private async Task<JobResult> PutAsync(BranchTask task, DateTimeOffset at, Actor by, CancellationToken cancellationToken)
    {
        var put = await branches.PutAsync(task.BranchId, task.Name, task.ParentId, Precondition.None, by, cancellationToken);
        return put.IsDone(out var change, out var why) ? ResultOf(task, change.Changed || change.Value.UpdatedAt >= at) : Failed(task, why);
    }

    /// <summary>Each group once, before its members; the name in its last row counts.</summary>
    /// <returns>Whether each is new or changed.</returns>
    private async Task<Dictionary<LmsId, bool>> PutGroupsAsync(IEnumerable<GroupTask> tasks, DateTimeOffset at, Actor by, CancellationToken cancellationToken)
    {
        var changed = new Dictionary<LmsId, bool>();
        foreach (var (id, name) in tasks.GroupBy(task => task.GroupId).Select(rows => (rows.Key, rows.OrderBy(row => row.Line).Last().Name)))
        {
            var put = await groups.PutAsync(id, name, Precondition.None, by, cancellationToken);
            changed[id] = put.IsDone(out var change, out _) && (change.Changed || change.Value.UpdatedAt >= at);
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

    private static JobResult ResultOf(RunTask task, bool isChanged) => isChanged
        ? JobResult.Of(task, null, ChangeOutcome.Updated, null, null)
        : JobResult.Of(task, null, ChangeOutcome.Skipped, ErrorCode.Unchanged, "It was so before.");

    private static JobResult Failed(RunTask task, Rejection why) => JobResult.Of(task, null, ChangeOutcome.Failed, why.Code, why.Detail);
}
