using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Decides tasks of a run on what is stored now.</summary>
public sealed class TaskDecisions(IAwardStore awards, IUserStore users, ICompletionStore completions, OrganisationClock clock)
{
    /// <param name="holdNothing">Take for granted that nobody holds anything yet; whoever stores the decisions finds out.</param>
    /// <returns>
    /// One write a task, in their order: of all, or of those before the first whose award an earlier one changes, which is to be decided when that is
    /// stored. Of a plan always of all.
    /// </returns>
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
        var (writes, changed) = (new List<TaskWrite>(tasks.Count), new Dictionary<(CertificationCode, LmsId), Award?>());
        foreach (var task in tasks)
        {
            var award = TaskRules.CodeOf(task, job.Work) is { } code ? (code, task.UserId!) : default;
            if (!job.IsPlan && award != default && changed.ContainsKey(award))
            {
                break;
            }

            var write = Decide(task, award);
            writes.Add(write);
            if (write.Award is { } change)
            {
                changed[award] = change.After ?? changed.GetValueOrDefault(award);
                used.UnionWith(change.Completions);
            }
        }

        return writes;

        TaskWrite Decide(RunTask task, (CertificationCode Code, LmsId UserId) award)
        {
            var user = task.UserId is { } userId ? foundUsers.GetValueOrDefault(userId) : null;
            var before = award == default ? null : foundAwards.GetValueOrDefault(award);
            var existing = award == default ? null : changed.GetValueOrDefault(award) ?? before?.Award;
            var certification = award == default ? null : certifications[award.Code];
            var (decision, use) = task is CompletionTask completed
                ? CompletionRules.DecideUnused(completed.Completions, used, certification!, task.UserId!, user, existing, TaskRules.ProvenanceOf(task, job))
                : new CompletionDecision(TaskRules.Decide(task, job, certification, user, existing, clock), []);
            var result = JobResult.Of(task, user?.Username, decision.Outcome, decision.Code, decision.Detail, decision.After?.Version) with
            {
                CertificationCode = job.Work.About is null ? certification?.Code : null,
                Planned = job.IsPlan && certification is not null ? PlannedAward.Of(decision, certification, user?.Active, before) : null,
            };
            return decision.After is null && use.Count == 0
                ? new TaskWrite(result)
                : new TaskWrite(result, new AwardWrite(user!.Id, user.Shown, before, decision.After)
                {
                    Completions = [.. use.Select(completion => new CompletionMark(award.Code, completion))],
                    UsedBy = job.Id,
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
    private async Task<HashSet<CompletionMark>> FindUsedAsync(Shard shard, IReadOnlyList<RunTask> tasks, CancellationToken cancellationToken)
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
