using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Decides tasks of a run on what is stored now.</summary>
public sealed class TaskDecisions(IAwardStore awards, IUserStore users, ICompletionStore completions)
{
    /// <param name="holdNothing">Take for granted that nobody holds anything yet; whoever stores the decisions finds out.</param>
    /// <returns>One write a task, in their order.</returns>
    public async Task<IReadOnlyList<TaskWrite>> DecideAsync(
        Job job,
        IReadOnlyDictionary<CertificationCode, Certification> certifications,
        Shard shard,
        IReadOnlyList<RunTask> tasks,
        bool holdNothing,
        CancellationToken cancellationToken)
    {
        var findUsers = users.FindManyAsync(shard, IdsOf(tasks), cancellationToken);
        var findAwards = holdNothing
            ? Task.FromResult<IReadOnlyDictionary<(CertificationCode, LmsId), StoredAward>>(new Dictionary<(CertificationCode, LmsId), StoredAward>())
            : FindAwardsAsync(job, shard, tasks, cancellationToken);
        var findUsed = FindUsedAsync(shard, tasks, cancellationToken);
        var (foundUsers, foundAwards, used) = (await findUsers, await findAwards, await findUsed);
        return [.. tasks.Select(task => Decide(task))];

        TaskWrite Decide(RunTask task)
        {
            var user = task.UserId is { } userId ? foundUsers.GetValueOrDefault(userId) : null;
            var code = TaskRules.CodeOf(task, job.Work);
            var before = code is not null ? foundAwards.GetValueOrDefault((code, task.UserId!)) : null;
            var certification = code is null ? null : certifications[code];
            var (decision, use) = task is CompletionTask completed
                ? CompletionRules.DecideUnused(completed.Completions, used, certification!, task.UserId!, user, before?.Award, TaskRules.ProvenanceOf(task, job))
                : new CompletionDecision(TaskRules.Decide(task, job, certification, user, before?.Award), []);
            var result = JobResult.Of(task, user?.Username, decision.Outcome, decision.Code, decision.Detail, decision.After?.Version) with
            {
                CertificationCode = job.Work.About is null ? code : null,
            };
            return decision.After is null && use.Count == 0
                ? new TaskWrite(result)
                : new TaskWrite(result, new AwardWrite(user!.Id, user.Name, before, decision.After)
                {
                    Completions = [.. use.Select(completion => new CompletionMark(code!, completion))],
                });
        }
    }

    /// <summary>The latest version of every award that a task is about, unassigned ones included.</summary>
    public async Task<IReadOnlyDictionary<(CertificationCode Code, LmsId UserId), StoredAward>> FindAwardsAsync(
        Job job, Shard shard, IReadOnlyList<RunTask> tasks, CancellationToken cancellationToken)
    {
        var byCode = tasks.GroupBy(task => TaskRules.CodeOf(task, job.Work)).Where(group => group.Key is not null);
        var found = await Task.WhenAll(byCode.Select(group => awards.FindManyAsync(group.Key!, shard, IdsOf(group), cancellationToken)));
        return found.SelectMany(ofCode => ofCode.Values).ToDictionary(stored => (stored.Award.CertificationCode, stored.Award.UserId));
    }

    /// <summary>What of the completions of the tasks was used before.</summary>
    private async Task<IReadOnlySet<CompletionMark>> FindUsedAsync(Shard shard, IReadOnlyList<RunTask> tasks, CancellationToken cancellationToken)
    {
        var byCode = tasks.OfType<CompletionTask>().GroupBy(task => task.Code);
        var found = await Task.WhenAll(byCode.Select(async group =>
        {
            var used = await completions.FindUsedAsync(group.Key, shard, [.. group.SelectMany(task => task.Completions)], cancellationToken);
            return used.Select(completion => new CompletionMark(group.Key, completion));
        }));
        return found.SelectMany(ofCode => ofCode).ToHashSet();
    }

    private static List<LmsId> IdsOf(IEnumerable<RunTask> tasks) =>
        [.. tasks.Select(task => task.UserId).OfType<LmsId>().Distinct().Order(ShardOrder.Instance)];
}
