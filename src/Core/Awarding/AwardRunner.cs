using CertFunctions.Core.Awarding.Undoing;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>
/// Carries out one run of a job that changes awards: reads its users and what they hold, decides, and stores transaction after
/// transaction. May be begun any number of times, at once or after a crash: the receipt says where to go on, and fences rivals.
/// </summary>
public sealed class AwardRunner(IRunStore runs, ICertificationStore store, TaskDecisions decisions, UndoDecisions undo, UserFollower follower)
{
    /// <param name="isNew">The run was most likely never begun. Spares a read; if it was begun, the first commit finds out.</param>
    public async Task<RunEnd> RunAsync(Job job, RunTasks run, bool isNew, CancellationToken cancellationToken)
    {
        var codes = run.Tasks.Select(task => TaskRules.CodeOf(task, job.Work)).OfType<CertificationCode>().Distinct();
        var found = await Task.WhenAll(codes.Select(code => store.FindAsync(code, cancellationToken)));
        var certifications = found.ToDictionary(
            stored => stored?.Certification.Code ?? throw new InvalidOperationException($"Job {job.Id} awards a certification that was never defined."),
            stored => stored!.Certification);
        return (await RunAsync(job, certifications, run, isNew, cancellationToken)).End;
    }

    /// <param name="certifications">All that the tasks of the run name, as they are now.</param>
    /// <param name="isNew">As above.</param>
    /// <exception cref="TimeoutException">Others changed the awards <see cref="Limits.WriteAttempts"/> times before a commit.</exception>
    public async Task<AwardRun> RunAsync(
        Job job,
        IReadOnlyDictionary<CertificationCode, Certification> certifications,
        RunTasks run,
        bool isNew,
        CancellationToken cancellationToken)
    {
        var shownBefore = await follower.BeginAsync(run.Shard, cancellationToken);
        var writer = await runs.OpenAsync(new RunKey(job.Id, run.Run, run.Shard), job.Turn, isNew, cancellationToken);
        var results = new List<JobResult>();
        var shown = new HashSet<ShownHolder>();

        // A few users are read one by one, and mostly hold nothing yet: the first commit finds out whether that is so.
        var holdNothing = isNew && job.Work.FewRuns is not null;
        var (next, attempts) = (0, new Attempts());
        while (await writer.ListNextAsync(run, job.Turn, cancellationToken) is { Count: > 0 } open)
        {
            (next, attempts) = (writer.Receipt.Next, writer.Receipt.Next > next ? new Attempts() : attempts);
            attempts.Next();
            List<RunTask> tasks = [.. open.Where(task => task.IsToDo).Select(task => task.Task)];
            var decided = job.IsPlan
                ? await PlanAsync(job, certifications, run, tasks, cancellationToken)
                : await DecideAsync(job, certifications, run.Shard, tasks, holdNothing, cancellationToken);
            holdNothing = false;
            var stored = await writer.CommitAllAsync(open.WithDone(decided), cancellationToken);
            results.AddRange(stored.Select(write => write.Result));
            shown.UnionWith(stored.Select(write => write.Award).OfType<AwardWrite>().Where(award => award.After is not null)
                .Select(award => new ShownHolder(award.UserId, award.User)));
        }

        var isAllMine = results.Count == run.Tasks.Count;
        if (!isAllMine && !job.IsPlan)
        {
            // Part of it was stored before a crash, or by a rival.
            var awards = await decisions.FindAwardsAsync(job, run.Shard, run.Tasks, cancellationToken);
            shown.UnionWith(awards.Values.Select(stored => new ShownHolder(stored.Award.UserId, stored.User)));
        }

        await follower.FollowAsync(run.Shard, shown, isAllMine ? shownBefore : null, cancellationToken);
        return new AwardRun(writer.EndOf(run, job.Turn, results.Count > 0), writer.Receipt, results);
    }

    private Task<IReadOnlyList<TaskWrite>> DecideAsync(
        Job job, IReadOnlyDictionary<CertificationCode, Certification> certifications, Shard shard, IReadOnlyList<RunTask> tasks, bool holdNothing,
        CancellationToken cancellationToken) => job.Work is UndoWork
        ? undo.DecideAsync(job, certifications, shard, tasks, cancellationToken)
        : decisions.DecideAsync(job, certifications, shard, tasks, holdNothing, cancellationToken);

    /// <summary>
    /// What would come of the last tasks of a run, of which nothing is done. What comes of one may depend on any before it: so all are decided each time.
    /// </summary>
    private async Task<IReadOnlyList<TaskWrite>> PlanAsync(
        Job job, IReadOnlyDictionary<CertificationCode, Certification> certifications, RunTasks run, List<RunTask> last, CancellationToken cancellationToken)
    {
        var isRest = run.Tasks.TakeLast(last.Count).SequenceEqual(last, ReferenceEqualityComparer.Instance);
        var decided = await DecideAsync(job, certifications, run.Shard, isRest ? run.Tasks : last, holdNothing: false, cancellationToken);
        return [.. decided.TakeLast(last.Count).Select(write => new TaskWrite(write.Result with { Version = null, Freed = null }))];
    }
}

/// <param name="Receipt">As the run left it.</param>
/// <param name="Results">What this call stored.</param>
public sealed record AwardRun(RunEnd End, RunReceipt Receipt, IReadOnlyList<JobResult> Results);
