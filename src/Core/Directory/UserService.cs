using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Directory;

/// <summary>What callers do with users.</summary>
public sealed class UserService(IUserStore users, UserWriter writer, UserFollowUpService afterwards, IUserArrivals arrivals, TimeProvider time)
{
    public async Task<Outcome<User>> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        await users.FindAsync(id, cancellationToken) is { } user ? user : DirectoryRejections.UserNotFound(id);

    /// <param name="at">When that was so: older than what is known, it changes nothing. Null: by hand, now, whatever is known.</param>
    public Task<Outcome<Change<User>>> PutAsync(
        LmsId id, UserEdit edit, Precondition precondition, DateTimeOffset? at, Actor by, CancellationToken cancellationToken) =>
        PutAsync(UserPut.Edit(id, _ => edit, precondition), at, by, cancellationToken);

    /// <summary>By hand.</summary>
    /// <param name="edit">From what is there to what is wanted; called again when another writer came first.</param>
    public Task<Outcome<Change<User>>> EditAsync(
        LmsId id, Func<User, UserEdit> edit, Precondition precondition, Actor by, CancellationToken cancellationToken) =>
        PutAsync(UserPut.Edit(id, former => former is null ? null : edit(former), precondition), at: null, by, cancellationToken);

    /// <param name="at">As above.</param>
    public async Task<Outcome<Change<User>>> PutAsync(UserPut put, DateTimeOffset? at, Actor by, CancellationToken cancellationToken) =>
        (await PutManyAsync([put], at, by, cancellationToken))[put.Id];

    /// <summary>The same for many users, in few requests when those of a shard lie close together. Done again it says the same.</summary>
    /// <param name="puts">One a user.</param>
    /// <param name="at">As above.</param>
    /// <returns>By user.</returns>
    public async Task<IReadOnlyDictionary<LmsId, Outcome<Change<User>>>> PutManyAsync(
        IReadOnlyCollection<UserPut> puts, DateTimeOffset? at, Actor by, CancellationToken cancellationToken)
    {
        var outcomes = await new UserBatch(users, writer, afterwards, puts, at, by, time).WriteAsync(cancellationToken);
        List<LmsId> created =
        [
            .. outcomes.Values.OfType<Outcome<Change<User>>.Done>().Where(done => done.Value.Created)
                .Select(done => done.Value.Value.Id).OrderBy(id => id.Value, StringComparer.Ordinal),
        ];
        await (created.Count == 0 ? Task.CompletedTask : arrivals.AnnounceAsync(created, cancellationToken));
        return outcomes;
    }

    /// <summary>By hand. Awards and history stay.</summary>
    public Task<Outcome<Change<User>>> DeactivateAsync(LmsId id, Precondition precondition, Actor by, CancellationToken cancellationToken) =>
        PutAsync(UserPut.Deactivation(id, precondition), at: null, by, cancellationToken);

    /// <summary>
    /// The LMS deleted the user: it is deactivated. Of a user that is not known here, or not yet, that much is remembered, so that older
    /// news of it does not bring it to life.
    /// </summary>
    /// <returns>Null: the user is not known here.</returns>
    public async Task<Change<User>?> DeleteAsync(LmsId id, DateTimeOffset at, Actor by, CancellationToken cancellationToken)
    {
        var attempts = new Attempts();
        while (true)
        {
            attempts.Next();
            if ((await PutAsync(UserPut.Deletion(id), at, by, cancellationToken)).IsDone(out var change, out _))
            {
                return change;
            }

            var stored = (await users.FindManyStoredAsync(Shard.Of(id), [id], cancellationToken))[id];
            if (stored.User is null && (stored.DeletedAt >= at || await users.TryRememberDeletionAsync(stored, at, cancellationToken)))
            {
                return null;
            }
        }
    }

    /// <summary>For the sweeper: finishes what changes of users still have to bring about where a crash cut them short.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> RepairAsync(CancellationToken cancellationToken) => afterwards.RepairAsync(cancellationToken);
}
