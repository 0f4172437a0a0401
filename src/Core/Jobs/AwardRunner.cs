using System.Collections.Concurrent;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Jobs;

/// <summary>
/// Carries out one run of a job: reads its users and what they hold, decides, and stores transaction after transaction.
/// May be begun any number of times, at once or after a crash: the receipt says where to go on, and fences rivals.
/// </summary>
public sealed class AwardRunner(IAwardStore awards, IUserStore users, IAwardProjection projection)
{
    /// <summary>
    /// The revision of the names of each shard as it was last seen. One that has grown old differs from the present one, and then
    /// the names are looked at once too often, never too seldom.
    /// </summary>
    private readonly ConcurrentDictionary<Shard, string?> namesSeen = new();

    /// <param name="isNew">The run was most likely never begun. Spares a read; if it was begun, the first commit finds out.</param>
    /// <returns>The receipt as the run left it, and the results that this call stored.</returns>
    public async Task<(RunReceipt Receipt, IReadOnlyList<JobResult> Results)> RunAsync(
        Job job, Certification certification, RunUsers run, bool isNew, CancellationToken cancellationToken)
    {
        var namesBefore = namesSeen.TryGetValue(run.Shard, out var seen) ? seen : await NamesNowAsync(run.Shard, cancellationToken);
        var writer = await awards.OpenRunAsync(new RunKey(job.Id, run.Run, run.Shard), isNew, cancellationToken);
        var results = new List<JobResult>();
        var source = new AwardChangeSource(job.RequestedBy, job.CreatedAt, job.Id, new AwardOrigin(JobId: job.Id));
        var names = new Dictionary<LmsId, PersonName>();

        // A few users are read one by one, and mostly hold nothing yet: the first commit finds out whether that is so.
        var holdNothing = isNew && job.Users is not null;
        while (writer.Receipt.Stopped is null && writer.Receipt.Next < run.UserIds.Count)
        {
            var writes = await DecideAsync(job, certification, source, run, writer.Receipt.Next, holdNothing, cancellationToken);
            holdNothing = false;
            var stored = await CommitAsync(writer, writes, cancellationToken);
            results.AddRange(stored.Select(write => write.Result));
            foreach (var write in stored.Where(write => write.Decision.After is not null))
            {
                names[write.UserId] = write.Name!;
            }
        }

        var isAllMine = results.Count == run.UserIds.Count;
        if (!isAllMine)
        {
            await AddNamesOfEarlierAsync(names, job, run, cancellationToken);
        }

        if (!isAllMine || await NamesNowAsync(run.Shard, cancellationToken) != namesBefore)
        {
            await FollowRenamesAsync(run.Shard, names, cancellationToken);
        }

        return (writer.Receipt, results);
    }

    /// <summary>Gives the run up: the users that are left count as failed, and whoever still writes for it is refused.</summary>
    public async Task StopAsync(JobId jobId, RunUsers run, string code, string detail, CancellationToken cancellationToken)
    {
        var writer = await awards.OpenRunAsync(new RunKey(jobId, run.Run, run.Shard), isNew: false, cancellationToken);
        while (writer.Receipt.Stopped is null && writer.Receipt.Next < run.UserIds.Count)
        {
            await writer.StopAsync([.. run.UserIds.Skip(writer.Receipt.Next)], code, detail, cancellationToken);
        }
    }

    private async Task<string?> NamesNowAsync(Shard shard, CancellationToken cancellationToken) =>
        namesSeen[shard] = await users.FindNamesRevisionAsync(shard, cancellationToken);

    private async Task<IReadOnlyList<AwardWrite>> DecideAsync(
        Job job,
        Certification certification,
        AwardChangeSource source,
        RunUsers run,
        int next,
        bool holdNothing,
        CancellationToken cancellationToken)
    {
        var userIds = run.UserIds.Skip(next).ToList();
        var findUsers = users.FindManyAsync(run.Shard, userIds, cancellationToken);
        var findAwards = holdNothing
            ? Task.FromResult<IReadOnlyDictionary<LmsId, StoredAward>>(new Dictionary<LmsId, StoredAward>())
            : awards.FindManyAsync(certification.Code, run.Shard, userIds, cancellationToken);
        var (foundUsers, foundAwards) = (await findUsers, await findAwards);
        return
        [
            .. userIds.Select(userId =>
            {
                var user = foundUsers.GetValueOrDefault(userId);
                var before = foundAwards.GetValueOrDefault(userId);
                var decision = AwardRules.Decide(job.Order, certification, userId, user, before?.Award, source);
                return new AwardWrite(userId, user?.Name, before, decision);
            }),
        ];
    }

    /// <summary>Stores what was decided until all of it is stored or the world has moved.</summary>
    private static async Task<IReadOnlyList<AwardWrite>> CommitAsync(
        IAwardWriter writer, IReadOnlyList<AwardWrite> writes, CancellationToken cancellationToken)
    {
        var done = 0;
        while (done < writes.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await writer.CommitAsync([.. writes.Skip(done)], cancellationToken) is not CommitOutcome.Committed(var count))
            {
                break;
            }

            done += count;
        }

        return [.. writes.Take(done)];
    }

    /// <summary>Part of the run was stored before a crash, or by a rival: its names are those that the awards show.</summary>
    private async Task AddNamesOfEarlierAsync(
        Dictionary<LmsId, PersonName> names, Job job, RunUsers run, CancellationToken cancellationToken)
    {
        var found = await awards.FindManyAsync(job.CertificationCode, run.Shard, run.UserIds, cancellationToken);
        foreach (var stored in found.Values)
        {
            names.TryAdd(stored.Award.UserId, stored.Name);
        }
    }

    /// <summary>
    /// A rename writes the user first, then the awards that it finds. An award that was stored meanwhile under the old name
    /// was not there to be found, so whoever stores awards looks at the names once more afterwards, until they stay the same. There is
    /// nothing to look for while the revision that every rename changes is what it was before the users were read.
    /// </summary>
    /// <param name="names">What the awards of the run show.</param>
    private async Task FollowRenamesAsync(Shard shard, Dictionary<LmsId, PersonName> names, CancellationToken cancellationToken)
    {
        var userIds = names.Keys.Order(ShardOrder.Instance).ToList();
        while (userIds.Count > 0)
        {
            var now = await users.FindManyAsync(shard, userIds, cancellationToken);
            userIds = [.. userIds.Where(userId => now.TryGetValue(userId, out var user) && user.Name != names[userId])];
            foreach (var userId in userIds)
            {
                names[userId] = now[userId].Name;
                await projection.RenameAsync(userId, names[userId], cancellationToken);
            }
        }
    }
}
