using CertFunctions.Core.Audit;

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

    public Task<Outcome<Change<Group>>> PutAsync(LmsId id, string name, Precondition precondition, Actor by, CancellationToken cancellationToken) =>
        Attempts.UntilDoneAsync<Outcome<Change<Group>>>(async () =>
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
                return Change.None(former);
            }

            var now = time.GetUtcNow();
            var next = changed ? NewVersion(id, name, isNamed: true, stored, now) : former! with { IsNamed = true };
            if (await groups.TryWriteAsync(next, stored, changed ? EntryOf(former, next, by, now) : null, cancellationToken))
            {
                return changed ? new Change<Group>(former, next) : Change.None(next);
            }

            return null;
        });

    /// <summary>Creates it when it is not there; one that is there stays as it is, but for a name if it has none.</summary>
    /// <param name="name">Null: not told.</param>
    /// <param name="at">When it was last heard of.</param>
    /// <returns>Null when it was deleted after that: it stays deleted.</returns>
    public async Task<Change<Group>?> EnsureAsync(LmsId id, string? name, DateTimeOffset at, Actor by, CancellationToken cancellationToken)
    {
        var attempts = new Attempts();
        while (true)
        {
            attempts.Next();
            var stored = await groups.FindStoredAsync(id, cancellationToken);
            var former = stored is { Deleted: false } ? stored.Group : null;
            if (former is not null && (name is null || former.IsNamed))
            {
                return Change.None(former);
            }

            if (former is null && stored?.ChangedAt > at)
            {
                return null;
            }

            var group = NewVersion(id, name ?? id.Value, isNamed: name is not null, stored, time.GetUtcNow());
            if (await groups.TryWriteAsync(group, stored, EntryOf(former, group, by, group.UpdatedAt), cancellationToken))
            {
                return new Change<Group>(former, group);
            }
        }
    }

    private static AuditEntry? EntryOf(Group? before, Group? after, Actor by, DateTimeOffset now) => AuditEntry.Of(
        by, now, before is null ? "group.created" : after is null ? "group.deleted" : "group.edited", $"groups/{(after ?? before)!.Id}", before, after);

    private static string SubjectOf(LmsId id, LmsId userId) => $"groups/{id}/members/{userId}";

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
    public Task<Outcome<Change<Group>>> DeleteAsync(LmsId id, Precondition precondition, Actor by, CancellationToken cancellationToken) =>
        Attempts.UntilDoneAsync<Outcome<Change<Group>>>(async () =>
        {
            if (await groups.FindStoredAsync(id, cancellationToken) is not { Deleted: false } stored)
            {
                return DirectoryRejections.GroupNotFound(id);
            }

            if (!precondition.Holds(stored.Group.Version))
            {
                return Rejection.VersionConflict();
            }

            var now = time.GetUtcNow();
            if (await groups.TryDeleteAsync(stored, now, EntryOf(stored.Group, null, by, now), cancellationToken))
            {
                return new Change<Group>(stored.Group, null);
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
        var found = await FindUsersAsync(ids.Items, cancellationToken);
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
    public async Task<Outcome<Change<GroupMember>>> AddMemberAsync(
        LmsId id, LmsId userId, DateTimeOffset? at, Actor by, CancellationToken cancellationToken)
    {
        if (!(await FindBothAsync(id, userId, cancellationToken)).IsDone(out _, out var why))
        {
            return why;
        }

        var member = new GroupMember(id, userId);
        var entry = AuditEntry.Of(by, time.GetUtcNow(), "group.memberAdded", SubjectOf(id, userId), null, member);
        var joined = await members.AddAsync(id, userId, TimeOf(at), entry, cancellationToken);
        return new Change<GroupMember>(joined ? null : member, member);
    }

    /// <summary>The same for many, as a job does it, whose entry in the audit stands for all of them. Done again it says the same.</summary>
    /// <param name="userIds">Without repetition.</param>
    public async Task<IReadOnlyDictionary<LmsId, Outcome<Change<GroupMember>>>> AddMembersAsync(
        LmsId id, IReadOnlyCollection<LmsId> userIds, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // Whoever is a member exists: users are deactivated, and never deleted.
        var known = (await members.FindManyAsync(id, userIds, cancellationToken)).ToHashSet();
        known.UnionWith((await FindUsersAsync(userIds.Where(userId => !known.Contains(userId)), cancellationToken)).Keys);
        var joined = await members.AddManyAsync(id, known, at, cancellationToken);
        return userIds.ToDictionary(userId => userId, OutcomeOf);

        Outcome<Change<GroupMember>> OutcomeOf(LmsId userId)
        {
            var member = new GroupMember(id, userId);
            return joined is null ? DirectoryRejections.GroupNotFound(id)
                : !known.Contains(userId) ? DirectoryRejections.UserNotFound(userId)
                : new Change<GroupMember>(joined.Contains(userId) ? null : member, member);
        }
    }

    /// <param name="at">When that was so: older than what is known of the membership, it changes nothing. Null: by hand, now.</param>
    public async Task<Outcome<Change<GroupMember>>> RemoveMemberAsync(
        LmsId id, LmsId userId, DateTimeOffset? at, Actor by, CancellationToken cancellationToken)
    {
        if (!(await FindBothAsync(id, userId, cancellationToken)).IsDone(out _, out var why))
        {
            return why;
        }

        var left = await RememberRemovalAsync(id, userId, at, by, cancellationToken);
        return new Change<GroupMember>(left ? new GroupMember(id, userId) : null, null);
    }

    /// <summary>The same of a user who may not be known: what remains is when it happened.</summary>
    /// <returns>Whether the user was a member before and is none now.</returns>
    public Task<bool> RememberRemovalAsync(LmsId id, LmsId userId, DateTimeOffset? at, Actor by, CancellationToken cancellationToken)
    {
        var entry = AuditEntry.Of(by, time.GetUtcNow(), "group.memberRemoved", SubjectOf(id, userId), new GroupMember(id, userId), null);
        return members.RemoveAsync(id, userId, TimeOf(at), entry, cancellationToken);
    }

    private async Task<IReadOnlyDictionary<LmsId, User>> FindUsersAsync(IEnumerable<LmsId> ids, CancellationToken cancellationToken)
    {
        var read = await Task.WhenAll(ids.Order(ShardOrder.Instance).GroupBy(Shard.Of).Select(s => users.FindManyAsync(s.Key, [.. s], cancellationToken)));
        return read.SelectMany(part => part).ToDictionary();
    }

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

public sealed record GroupMember(LmsId GroupId, LmsId UserId);

/// <param name="Members">How many users belong to it, deactivated ones included.</param>
public sealed record CountedGroup(Group Group, int Members);
