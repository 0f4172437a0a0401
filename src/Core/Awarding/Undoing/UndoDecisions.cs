using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding.Undoing;

/// <summary>Decides the tasks of an undo on what is stored now.</summary>
public sealed class UndoDecisions(IAwardStore awards, IUserStore users, ICompletionStore completions)
{
    /// <returns>As <see cref="TaskDecisions.DecideAsync"/>.</returns>
    public async Task<IReadOnlyList<TaskWrite>> DecideAsync(
        Job job, IReadOnlyDictionary<CertificationCode, Certification> certifications, Shard shard, IReadOnlyList<RunTask> tasks, CancellationToken cancellationToken)
    {
        List<UndoTask> undone = [.. tasks.Cast<UndoTask>()];
        var findAwards = FindAwardsAsync(shard, undone, cancellationToken);
        var findUsed = FindUsedAsync(job, shard, undone, cancellationToken);
        var findFree = FindFreeAsync(shard, undone, cancellationToken);
        var findUsers = users.FindManyAsync(shard, [.. undone.Select(task => task.UserId!).Distinct().Order(ShardOrder.Instance)], cancellationToken);
        var (known, used, free, found) = (await findAwards, await findUsed, await findFree, await findUsers);
        var (writes, changed) = (new List<TaskWrite>(undone.Count), new HashSet<(CertificationCode, LmsId)>());
        foreach (var task in undone)
        {
            if (!job.IsPlan && changed.Contains((task.Code, task.UserId!)))
            {
                break;
            }

            var write = Decide(task);
            writes.Add(write);
            if (write.Award is { } change)
            {
                changed.Add((task.Code, task.UserId!));
                known.Add(change.After);
                used.ExceptWith(change.Freed);
                free.ExceptWith(change.Completions);
            }
        }

        return writes;

        TaskWrite Decide(UndoTask task)
        {
            var stored = known.FindStored(task.Code, task.UserId!);
            var decision = task.Version is { } version
                ? UndoRules.Decide(version, known.Since(task.Code, task.UserId!, version), known.Find(task.Code, task.UserId!, version - 1), IsOurs, TaskRules.ProvenanceOf(task, job), job.Work.Why)
                : Decision.Skip(ErrorCode.Unchanged, "The job changed no award here.");
            var isUndone = task.Version is null || decision.After is not null;
            List<CompletionMark> freed = [.. MarksOf(task, task.Used).Where(mark => isUndone && used.Contains(mark))];
            List<CompletionMark> usedAgain = [.. MarksOf(task, task.Freed).Where(mark => isUndone && free.Contains(mark))];
            var user = found.GetValueOrDefault(task.UserId!);
            var result = JobResult.Of(task, user?.Username, decision.Outcome, decision.Code, decision.Detail, decision.After?.Version) with
            {
                CertificationCode = job.Work.About is null ? task.Code : null,
                Freed = freed.Count == 0 ? null : [.. freed.Select(mark => mark.Completion)],
                Planned = job.IsPlan ? PlannedAward.Of(decision, certifications[task.Code], user?.Active, stored) : null,
            };
            return decision.After is null && freed.Count + usedAgain.Count == 0
                ? new TaskWrite(result)
                : new TaskWrite(result, new AwardWrite(task.UserId!, stored?.User ?? user!.Shown, stored, decision.After) { Completions = usedAgain, UsedBy = job.Id, Freed = freed });
        }

        bool IsOurs(Award award) => award.Change.Origin?.JobId is { } by && (by == job.Work.Undoes || by == job.Id);
    }

    private static IEnumerable<CompletionMark> MarksOf(UndoTask task, IEnumerable<Completion> some) => some.Select(completion => new CompletionMark(task.Code, completion));

    private async Task<KnownVersions> FindAwardsAsync(Shard shard, List<UndoTask> tasks, CancellationToken cancellationToken)
    {
        var byCode = await Task.WhenAll(tasks.GroupBy(task => task.Code).Select(group =>
            awards.FindManyAsync(group.Key, shard, [.. group.Select(task => task.UserId!).Distinct().Order(ShardOrder.Instance)], cancellationToken)));
        var latest = byCode.SelectMany(ofCode => ofCode.Values).ToDictionary(stored => (stored.Award.CertificationCode, stored.Award.UserId));
        HashSet<AwardVersion> wanted = [];
        foreach (var task in tasks.Where(task => task.Version is not null))
        {
            var last = latest.GetValueOrDefault((task.Code, task.UserId!))?.Award.Version ?? 0;
            wanted.UnionWith(Enumerable.Range(task.Version!.Value - 1, Math.Max(last - task.Version.Value + 1, 0))
                .Where(version => version > 0).Select(version => new AwardVersion(task.UserId!, task.Code, version)));
        }

        var superseded = wanted.Count == 0 ? [] : (await awards.FindSupersededAsync(shard, wanted, cancellationToken)).Values;
        return new KnownVersions(latest, superseded);
    }

    /// <summary>What the undone job used of the completions that are to be set free.</summary>
    private async Task<HashSet<CompletionMark>> FindUsedAsync(Job job, Shard shard, List<UndoTask> tasks, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(tasks.Where(task => task.Used.Count > 0).GroupBy(task => task.Code).Select(async group =>
            (await completions.FindUsedByAsync(job.Work.Undoes!, group.Key, shard, [.. group.SelectMany(task => task.Used)], cancellationToken))
                .Select(completion => new CompletionMark(group.Key, completion))));
        return [.. found.SelectMany(marks => marks)];
    }

    /// <summary>What of the completions that are to be used again nobody has used since.</summary>
    private async Task<HashSet<CompletionMark>> FindFreeAsync(Shard shard, List<UndoTask> tasks, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(tasks.Where(task => task.Freed.Count > 0).GroupBy(task => task.Code).Select(async group =>
        {
            List<Completion> all = [.. group.SelectMany(task => task.Freed)];
            var used = await completions.FindUsedAsync(group.Key, shard, all, cancellationToken);
            return all.Except(used).Select(completion => new CompletionMark(group.Key, completion));
        }));
        return [.. found.SelectMany(marks => marks)];
    }
}
