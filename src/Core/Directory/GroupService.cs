namespace CertFunctions.Core.Directory;

/// <summary>What callers do with groups and their members.</summary>
public sealed class GroupService(IGroupStore groups, IMemberStore members, IUserStore users, TimeProvider time)
{
    /// <returns>With how many belong to it.</returns>
    public async Task<Outcome<CountedGroup>> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        await groups.FindAsync(id, cancellationToken) is { } group ? await CountedAsync(group, cancellationToken) : DirectoryRejections.GroupNotFound(id);

    /// <summary>The group with how many belong to it, deactivated users included.</summary>
    public async Task<CountedGroup> CountedAsync(Group group, CancellationToken cancellationToken) =>
        new(group, await members.CountAsync(group.Id, cancellationToken));

    public Task<Page<Group>> ListAsync(PageRequest page, CancellationToken cancellationToken) => groups.ListAsync(page, cancellationToken);

    public Task<Outcome<Saved<Group>>> PutAsync(LmsId id, string name, Precondition precondition, CancellationToken cancellationToken) =>
        Attempts.UntilDoneAsync<Outcome<Saved<Group>>>(async () =>
        {
            var stored = await groups.FindStoredAsync(id, cancellationToken);
            var former = stored is { Deleted: false } ? stored.Group : null;
            if (!precondition.Holds(former?.Version))
            {
                return Rejection.VersionConflict();
            }

            var changed = former?.Name != name;
            if (!changed && former!.IsNamed)
            {
                return new Saved<Group>(former, Created: false, Changed: false);
            }

            var now = time.GetUtcNow();
            var next = changed ? NewVersion(id, name, isNamed: true, stored, now) : former! with { IsNamed = true };
            if (await groups.TryWriteAsync(next, stored, cancellationToken))
            {
                return new Saved<Group>(next, Created: former is null, changed);
            }

            return null;
        });

    /// <summary>Creates it when it is not there; one that is there stays as it is, but for a name if it has none.</summary>
    /// <param name="name">Null: not told.</param>
    /// <param name="at">When it was last heard of.</param>
    /// <returns>False when it was deleted after that: it stays deleted.</returns>
    public async Task<bool> EnsureAsync(LmsId id, string? name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var attempts = new Attempts();
        while (true)
        {
            attempts.Next();
            var stored = await groups.FindStoredAsync(id, cancellationToken);
            var isThere = stored is { Deleted: false };
            if ((isThere && (name is null || stored!.Group.IsNamed)) || (!isThere && stored?.ChangedAt > at))
            {
                return isThere;
            }

            var group = NewVersion(id, name ?? id.Value, isNamed: name is not null, stored, time.GetUtcNow());
            if (await groups.TryWriteAsync(group, stored, cancellationToken))
            {
                return true;
            }
        }
    }

    private static Group NewVersion(LmsId id, string name, bool isNamed, StoredGroup? stored, DateTimeOffset now) => new()
    {
        Id = id,
        Name = name,
        IsNamed = isNamed,
        CreatedAt = stored is { Deleted: false } ? stored.Group.CreatedAt : now,
        UpdatedAt = now,
        Version = (stored?.Group.Version ?? 0) + 1,
    };

    /// <summary>In the same time whatever the number of members.</summary>
    public Task<Outcome<Group>> DeleteAsync(LmsId id, Precondition precondition, CancellationToken cancellationToken) =>
        Attempts.UntilDoneAsync<Outcome<Group>>(async () =>
        {
            if (await groups.FindStoredAsync(id, cancellationToken) is not { Deleted: false } stored)
            {
                return DirectoryRejections.GroupNotFound(id);
            }

            if (!precondition.Holds(stored.Group.Version))
            {
                return Rejection.VersionConflict();
            }

            if (await groups.TryDeleteAsync(stored, time.GetUtcNow(), cancellationToken))
            {
                return stored.Group;
            }

            return null;
        });

    /// <summary>In <see cref="ShardOrder"/>.</summary>
    public async Task<Outcome<Page<User>>> ListMembersAsync(LmsId id, PageRequest page, CancellationToken cancellationToken)
    {
        if (await groups.FindAsync(id, cancellationToken) is null)
        {
            return DirectoryRejections.GroupNotFound(id);
        }

        var ids = await members.ListAsync(MemberSource.Group(id), page, cancellationToken);
        var read = await Task.WhenAll(ids.Items.GroupBy(Shard.Of).Select(s => users.FindManyAsync(s.Key, [.. s], cancellationToken)));
        var found = read.SelectMany(part => part).ToDictionary();
        return new Page<User>([.. ids.Items.Where(found.ContainsKey).Select(userId => found[userId])], ids.Next);
    }

    public async Task<Outcome<User>> FindMemberAsync(LmsId id, LmsId userId, CancellationToken cancellationToken)
    {
        var found = await FindBothAsync(id, userId, cancellationToken);
        return found is Outcome<User>.Done && !await members.ContainsAsync(MemberSource.Group(id), userId, cancellationToken)
            ? DirectoryRejections.MemberNotFound(id, userId)
            : found;
    }

    /// <param name="at">When that was so: older than what is known of the membership, it changes nothing. Null: by hand, now.</param>
    public async Task<Outcome<Saved<User>>> AddMemberAsync(LmsId id, LmsId userId, DateTimeOffset? at, CancellationToken cancellationToken) =>
        (await FindBothAsync(id, userId, cancellationToken)).IsDone(out var user, out var why)
            ? new Saved<User>(user, Created: false, await members.AddAsync(MemberSource.Group(id), userId, TimeOf(at), cancellationToken))
            : why;

    /// <param name="at">When that was so: older than what is known of the membership, it changes nothing. Null: by hand, now.</param>
    public async Task<Outcome<Saved<User>>> RemoveMemberAsync(LmsId id, LmsId userId, DateTimeOffset? at, CancellationToken cancellationToken) =>
        (await FindBothAsync(id, userId, cancellationToken)).IsDone(out var user, out var why)
            ? new Saved<User>(user, Created: false, await members.RemoveAsync(MemberSource.Group(id), userId, TimeOf(at), cancellationToken))
            : why;

    private EventTime TimeOf(DateTimeOffset? at) => EventTime.Of(at, time.GetUtcNow());

    private async Task<Outcome<User>> FindBothAsync(LmsId id, LmsId userId, CancellationToken cancellationToken)
    {
        if (await groups.FindAsync(id, cancellationToken) is null)
        {
            return DirectoryRejections.GroupNotFound(id);
        }

        return await users.FindAsync(userId, cancellationToken) is { } user ? user : DirectoryRejections.UserNotFound(userId);
    }
}

/// <param name="Members">How many users belong to it, deactivated ones included.</param>
public sealed record CountedGroup(Group Group, int Members);
