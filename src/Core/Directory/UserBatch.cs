using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Directory;

/// <summary>Puts many users, of whatever shards: read together, decided one by one, written together, until nobody comes in between.</summary>
/// <remarks>
/// Usernames may go from one of them to another, also around in a circle. Whoever waits for a username that another one of them gives up is
/// parked first, under a username made of its id: so all that they give up is free when they are put for good.
/// </remarks>
internal sealed class UserBatch(
    IUserStore users, UserWriter writer, UserFollowUpService afterwards, IReadOnlyCollection<UserPut> puts, DateTimeOffset? at, Actor by, TimeProvider time)
{
    /// <summary>No id begins so, and so long as an id is a username may be.</summary>
    private const char Parked = '~';

    /// <summary>Null: look at everybody. By a clock that is ahead of ours, news would be dated after the change that it brings about.</summary>
    private readonly DateTimeOffset? changedSince = at > time.GetUtcNow() ? null : at;

    private readonly Dictionary<LmsId, Outcome<Change<User>>> outcomes = [];

    /// <summary>What was decided first on each.</summary>
    private readonly Dictionary<LmsId, UserChange> first = [];

    /// <returns>By user.</returns>
    public async Task<IReadOnlyDictionary<LmsId, Outcome<Change<User>>>> WriteAsync(CancellationToken cancellationToken)
    {
        await PutAsync(puts, cancellationToken);
        await CatchUpAsync(cancellationToken);
        if (FindExchanged() is { Count: > 0 } exchanged)
        {
            await ExchangeAsync(exchanged, cancellationToken);
        }

        return outcomes;
    }

    private async Task ExchangeAsync(List<UserPut> exchanged, CancellationToken cancellationToken)
    {
        List<UserPut> parked = [.. exchanged.Where(put => first[put.Id].Former.User is not null)];
        await PutAsync([.. parked.Select(put => Renamed(put, UsernameOf(put), ParkedOf(put)))], cancellationToken);
        await CatchUpAsync(cancellationToken);
        await PutAsync(exchanged, cancellationToken);
        var refused = parked.Where(put => outcomes[put.Id] is Outcome<Change<User>>.Rejected).ToDictionary(put => put, put => outcomes[put.Id]);
        await PutAsync([.. refused.Keys.Select(put => Renamed(put, ParkedOf(put), UsernameOf(put)))], cancellationToken);
        await CatchUpAsync(cancellationToken);

        // A stranger was faster: they are called as before where nobody is called so by now, and told why.
        foreach (var (put, why) in refused)
        {
            outcomes[put.Id] = why;
        }
    }

    /// <summary>
    /// With nothing else changed: what is refused in the end has changed nothing. Nor has who is called otherwise by now: another batch exchanges
    /// the same usernames, and is further.
    /// </summary>
    private static UserPut Renamed(UserPut put, string from, string to) => put with
    {
        Next = (stored, _, now) => stored.User is { } user && FoldedText.AreSame(user.Username, from) ? (user with { Username = to }).Since(user, now) : stored.User,
    };

    /// <summary>As it was called when the first decision was made.</summary>
    private string UsernameOf(UserPut put) => first[put.Id].Former.User!.Username;

    private static string ParkedOf(UserPut put) => $"{Parked}{put.Id}";

    private async Task PutAsync(IReadOnlyCollection<UserPut> some, CancellationToken cancellationToken)
    {
        List<UserPut> left = [.. some];
        for (var attempts = new Attempts(); left.Count > 0;)
        {
            attempts.Next();
            var changes = new List<UserChange>();
            var stored = await FindManyStoredAsync(left.Select(put => put.Id), cancellationToken);
            var decided = left.ToDictionary(put => put.Id, put => Decide(put, stored[put.Id]));
            foreach (var (id, decision) in decided)
            {
                if (decision.IsDone(out var change, out var why))
                {
                    changes.Add(change);
                    first.TryAdd(id, change);
                }
                else
                {
                    outcomes[id] = why;
                }
            }

            var written = await writer.WriteAsync(changes, cancellationToken);
            foreach (var (id, outcome) in written)
            {
                outcomes[id] = outcome;
            }

            left = [.. left.Where(put => decided[put.Id] is Outcome<UserChange>.Done && !written.ContainsKey(put.Id))];
        }
    }

    private Outcome<UserChange> Decide(UserPut put, StoredUser stored)
    {
        var now = time.GetUtcNow();
        return put.Next(stored, EventTime.Of(at, now), now) is not { } next ? DirectoryRejections.UserNotFound(put.Id)
            : !put.Precondition.Holds(stored.User?.Version) ? Rejection.VersionConflict()
            : new UserChange(stored, next, UserAudit.EntryOf(stored.User, next, by));
    }

    /// <summary>Those who were refused a username that another one of them has given up, or gives up as soon as it gets its own.</summary>
    private List<UserPut> FindExchanged()
    {
        var waiting = outcomes
            .Where(outcome => outcome.Value is Outcome<Change<User>>.Rejected { Why: { Code: ErrorCode.UsernameTaken, AwaitedUser: { } owner } } && owner != outcome.Key)
            .ToDictionary(outcome => outcome.Key, outcome => ((Outcome<Change<User>>.Rejected)outcome.Value).Why.AwaitedUser!);
        for (var before = -1; before != waiting.Count;)
        {
            before = waiting.Count;
            waiting = waiting.Where(one => waiting.ContainsKey(one.Value) || IsNotCalled(one.Value, first[one.Key].Next.Username)).ToDictionary();
        }

        return [.. puts.Where(put => waiting.ContainsKey(put.Id))];
    }

    private bool IsNotCalled(LmsId owner, string username) =>
        outcomes.GetValueOrDefault(owner) is Outcome<Change<User>>.Done done && !FoldedText.AreSame(done.Value.Value.Username, username);

    /// <summary>
    /// Whoever has not changed since the news came has nothing to follow that whoever brought it could have left undone. Nor has who is new.
    /// </summary>
    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var changed = outcomes.Values.OfType<Outcome<Change<User>>.Done>().Select(done => done.Value)
            .Where(change => !change.Created && (changedSince is null || change.Value.UpdatedAt >= changedSince)).Select(change => change.Value.Id);
        foreach (var shard in changed.GroupBy(Shard.Of))
        {
            await afterwards.CatchUpAsync(shard.Key, [.. shard.Order(ShardOrder.Instance)], cancellationToken);
        }
    }

    private async Task<Dictionary<LmsId, StoredUser>> FindManyStoredAsync(IEnumerable<LmsId> ids, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(ids.GroupBy(Shard.Of).Select(
            shard => users.FindManyStoredAsync(shard.Key, [.. shard.Order(ShardOrder.Instance)], cancellationToken)));
        return found.SelectMany(ofShard => ofShard).ToDictionary();
    }
}
