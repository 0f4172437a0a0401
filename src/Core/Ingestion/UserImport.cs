using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>Puts the users of a file as its rows have them, those of a run at a time.</summary>
/// <remarks>
/// Usernames may go from one row to another that is in a different run. Whoever is refused a username takes the row of the one who has it along, and
/// that one's in turn: what a row asks for may be done any number of times, so its own run finds it done.
/// </remarks>
public sealed class UserImport(UserService users, IManifestStore manifests)
{
    /// <returns>What became of each row; of a user that has several, one after the other.</returns>
    public async Task<IReadOnlyDictionary<UserTask, Outcome<Change<User>>>> PutAsync(
        Job job, IReadOnlyCollection<UserTask> tasks, Actor by, CancellationToken cancellationToken)
    {
        var put = new Dictionary<UserTask, Outcome<Change<User>>>(ReferenceEqualityComparer.Instance);
        var rounds = tasks.GroupBy(task => task.UserId!).SelectMany(ofUser => ofUser.Index()).GroupBy(task => task.Index, task => task.Item);
        foreach (var round in rounds.OrderBy(round => round.Key))
        {
            var outcomes = await PutAsync(job, round.ToDictionary(task => task.UserId!), by, cancellationToken);
            foreach (var task in round)
            {
                put[task] = outcomes[task.UserId!];
            }
        }

        return put;
    }

    private async Task<Dictionary<LmsId, Outcome<Change<User>>>> PutAsync(
        Job job, Dictionary<LmsId, UserTask> tasks, Actor by, CancellationToken cancellationToken)
    {
        var outcomes = await PutOnceAsync(job, tasks.Values, by, cancellationToken);
        var all = tasks.ToDictionary();
        var looked = tasks.Keys.ToHashSet();
        for (List<UserTask> latest = [.. tasks.Values]; latest.Count > 0;)
        {
            var owners = latest.Select(task => AwaitedUserOf(outcomes[task.UserId!])).OfType<LmsId>().Where(looked.Add).ToHashSet();
            var left = tasks.Count + Limits.RowsTakenAlong - all.Count;
            latest = [.. (await FindAsync(job, owners, cancellationToken)).Take(left)];
            Note(await PutOnceAsync(job, latest, by, cancellationToken));
            foreach (var task in latest)
            {
                all[task.UserId!] = task;
            }
        }

        if (all.Count > tasks.Count)
        {
            // Now that all who are concerned are known.
            Note(await PutOnceAsync(job, [.. all.Values.Where(task => AwaitedUserOf(outcomes[task.UserId!]) is not null)], by, cancellationToken));
        }

        return outcomes;

        void Note(Dictionary<LmsId, Outcome<Change<User>>> some)
        {
            foreach (var (userId, outcome) in some)
            {
                outcomes[userId] = outcome;
            }
        }
    }

    private async Task<Dictionary<LmsId, Outcome<Change<User>>>> PutOnceAsync(
        Job job, IReadOnlyCollection<UserTask> tasks, Actor by, CancellationToken cancellationToken)
    {
        var options = (job.Work as ImportWork)?.File.Options ?? ImportOptions.None;
        var puts = tasks.Select(task => UserPut.Edit(task.UserId!, former => EditOf(task, former, options), Precondition.None)).ToList();
        return puts.Count == 0 ? [] : (await users.PutManyAsync(puts, options.TakenAt ?? job.CreatedAt, by, cancellationToken)).ToDictionary();
    }

    /// <summary>Whoever was missing in an earlier file, and is back, is active again.</summary>
    private static UserEdit EditOf(UserTask task, User? former, ImportOptions options) =>
        task.EditOf(former) with { EndsDeletion = options.Missing == MissingUsers.Deactivate };

    private async Task<List<UserTask>> FindAsync(Job job, HashSet<LmsId> userIds, CancellationToken cancellationToken) =>
        userIds.Count == 0 || job.Manifest is not { } manifest ? []
        : [.. (await manifests.FindTasksAsync(job.Id, manifest, userIds, Limits.PartsSearched, cancellationToken)).OfType<UserTask>().DistinctBy(task => task.UserId)];

    /// <returns>Who has the username that somebody was refused; null: nobody was, or nobody knows.</returns>
    private static LmsId? AwaitedUserOf(Outcome<Change<User>> outcome) =>
        outcome is Outcome<Change<User>>.Rejected { Why: { Code: ErrorCode.UsernameTaken, AwaitedUser: { } owner } } ? owner : null;
}
