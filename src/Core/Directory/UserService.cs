using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Directory;

/// <summary>What callers do with users.</summary>
public sealed class UserService(
    IUserStore users, UserWriter writer, UserFollowUpService afterwards, IUserArrivals arrivals, TimeProvider time)
{
    public async Task<Outcome<User>> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        await users.FindAsync(id, cancellationToken) is { } user ? user : DirectoryRejections.UserNotFound(id);

    /// <param name="at">When that was so: older than what is known, it changes nothing. Null: by hand, now, whatever is known.</param>
    public Task<Outcome<Change<User>>> PutAsync(
        LmsId id, UserEdit edit, Precondition precondition, DateTimeOffset? at, Actor by, CancellationToken cancellationToken) =>
        PutAsync(id, _ => edit, precondition, at, by, cancellationToken);

    /// <summary>By hand.</summary>
    /// <param name="edit">From what is there to what is wanted; called again when another writer came first.</param>
    public Task<Outcome<Change<User>>> EditAsync(
        LmsId id, Func<User, UserEdit> edit, Precondition precondition, Actor by, CancellationToken cancellationToken) =>
        PutAsync(id, former => former is null ? null : edit(former), precondition, at: null, by, cancellationToken);

    /// <param name="edit">From what is known of the user (null: nothing) to what is wanted, or null: too little is known to create it.</param>
    /// <param name="at">When that was so: older than what is known, it changes nothing. Null: by hand, now, whatever is known.</param>
    public async Task<Outcome<Change<User>>> PutAsync(
        LmsId id, Func<User?, UserEdit?> edit, Precondition precondition, DateTimeOffset? at, Actor by, CancellationToken cancellationToken)
    {
        var outcome = await Attempts.UntilDoneAsync(() => TryPutAsync(id, edit, precondition, at, by, cancellationToken));
        await afterwards.CatchUpAsync(id, cancellationToken);
        if (outcome.IsDone(out var change, out _) && change.Created)
        {
            await arrivals.AnnounceAsync(id, cancellationToken);
        }

        return outcome;
    }

    /// <summary>
    /// Takes, of the news of many users of one shard, those that change nothing that anybody sees: only their time is noted, in few requests. What
    /// is not taken is for <see cref="PutAsync(LmsId, Func{User?, UserEdit?}, Precondition, DateTimeOffset?, Actor, CancellationToken)"/>.
    /// </summary>
    /// <param name="news">From what is known of a user to what is wanted, by user.</param>
    /// <param name="at">When that was so.</param>
    /// <returns>Those who are as they were.</returns>
    public async Task<IReadOnlyList<User>> TakeUnchangedAsync(
        Shard shard, IReadOnlyDictionary<LmsId, Func<User?, UserEdit?>> news, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var stored = await users.FindManyStoredAsync(shard, [.. news.Keys.Order(ShardOrder.Instance)], cancellationToken);
        var now = time.GetUtcNow();
        var when = EventTime.Of(at, now);
        var same = stored.Values
            .Select(former => (Next: news[former.User.Id](former.User)?.Apply(former.User, when, now), Former: former))
            .Where(one => one.Next is not null && one.Next.LooksLike(one.Former.User))
            .Select(one => (User: one.Next!, one.Former))
            .ToLookup(one => one.User == one.Former.User);
        return [.. same[true].Select(one => one.User), .. await users.TouchManyAsync([.. same[false]], cancellationToken)];
    }

    /// <summary>By hand. Awards and history stay.</summary>
    public Task<Outcome<Change<User>>> DeactivateAsync(LmsId id, Precondition precondition, Actor by, CancellationToken cancellationToken) =>
        Attempts.UntilDoneAsync<Outcome<Change<User>>>(async () =>
        {
            if (await users.FindStoredAsync(id, cancellationToken) is not { } former)
            {
                return DirectoryRejections.UserNotFound(id);
            }

            if (!precondition.Holds(former.User.Version))
            {
                return Rejection.VersionConflict();
            }

            var next = former.User.Deactivated(time.GetUtcNow());
            if (await users.TryWriteAsync(next, former.Claim, former, followUp: null, UserAudit.EntryOf(former.User, next, by), cancellationToken))
            {
                return new Change<User>(former.User, next);
            }

            return null;
        });

    /// <summary>
    /// The LMS deleted the user: it is deactivated. Of a user that is not known here, or not yet, that much is remembered, so that older
    /// news of it does not bring it to life.
    /// </summary>
    /// <returns>Null: the user is not known here.</returns>
    public async Task<Change<User>?> DeleteAsync(LmsId id, DateTimeOffset at, Actor by, CancellationToken cancellationToken)
    {
        var remembered = false;
        var attempts = new Attempts();
        while (true)
        {
            attempts.Next();
            if (await users.FindStoredAsync(id, cancellationToken) is not { } former)
            {
                if (remembered)
                {
                    return null;
                }

                await users.RememberDeletionAsync(id, at, cancellationToken);
                remembered = true;
                continue;
            }

            var now = time.GetUtcNow();
            var next = former.User.DeletedBy(EventTime.Of(at, now), now);
            var entry = UserAudit.EntryOf(former.User, next, by);
            if (next == former.User || await users.TryWriteAsync(next, former.Claim, former, followUp: null, entry, cancellationToken))
            {
                return next.Active == former.User.Active ? Change.None(next) : new Change<User>(former.User, next);
            }
        }
    }

    /// <summary>For the sweeper: finishes renames and moves that a crash cut short.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> RepairRenamesAsync(CancellationToken cancellationToken) => afterwards.RepairAsync(cancellationToken);

    /// <returns>Null when another writer came first.</returns>
    private async Task<Outcome<Change<User>>?> TryPutAsync(
        LmsId id, Func<User?, UserEdit?> edit, Precondition precondition, DateTimeOffset? at, Actor by, CancellationToken cancellationToken)
    {
        var former = await users.FindStoredAsync(id, cancellationToken);
        if (edit(former?.User) is not { } wanted)
        {
            return DirectoryRejections.UserNotFound(id);
        }

        if (!await writer.BranchExistsAsync(wanted.BranchId, cancellationToken))
        {
            return DirectoryRejections.UnknownBranch("branchId");
        }

        if (!precondition.Holds(former?.User.Version))
        {
            return Rejection.VersionConflict();
        }

        var now = time.GetUtcNow();
        var when = EventTime.Of(at, now);
        if (former is null)
        {
            var deletion = await users.FindDeletionAsync(id, cancellationToken);
            return await writer.TryChangeAsync(wanted.Create(id, deletion.At, when, now), null, deletion, by, cancellationToken);
        }

        var next = wanted.Apply(former.User, when, now);
        return next.LooksLike(former.User)
            ? await writer.TryTouchAsync(next, former, cancellationToken)
            : await writer.TryChangeAsync(next, former, null, by, cancellationToken);
    }
}
