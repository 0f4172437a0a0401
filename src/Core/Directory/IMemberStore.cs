using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Directory;

/// <summary>Who belongs to a group or (directly) to a branch.</summary>
/// <remarks>Whoever writes a user writes which branch it is in, see <see cref="IUserStore.WriteManyAsync"/>.</remarks>
public interface IMemberStore
{
    /// <summary>The members of a group in <see cref="ShardOrder"/>, read page by page as they are asked for.</summary>
    /// <param name="after">Only those behind this one; null: all. Costs nothing for those before.</param>
    /// <param name="pageSize">How many to read at once, 1-1000: an early stop costs no more than one such page.</param>
    IAsyncEnumerable<LmsId> ReadGroupAsync(LmsId groupId, LmsId? after, int pageSize, CancellationToken cancellationToken);

    /// <summary>
    /// The members of any of some branches in <see cref="ShardOrder"/>, read shard by shard as they are asked for: of few branches page by page,
    /// of many all in the shard at once, in few requests where most branches are among them.
    /// </summary>
    /// <param name="after">Only those behind this one; null: all. Costs no shard before its own.</param>
    /// <param name="pageSize">As above, of few branches.</param>
    IAsyncEnumerable<LmsId> ReadBranchesAsync(
        IReadOnlyCollection<LmsId> branchIds, LmsId? after, int pageSize, CancellationToken cancellationToken);

    /// <summary>In <see cref="ShardOrder"/>.</summary>
    Task<Page<LmsId>> ListAsync(MemberSource source, PageRequest page, CancellationToken cancellationToken);

    /// <summary>How many belong to a group; exact, at a cost that does not grow with them.</summary>
    Task<int> CountAsync(LmsId groupId, CancellationToken cancellationToken);

    Task<bool> ContainsAsync(MemberSource source, LmsId userId, CancellationToken cancellationToken);

    /// <summary>Those of the given users that belong to a group. Costs a few reads when they lie close together, else one a user.</summary>
    Task<IReadOnlySet<LmsId>> FindManyAsync(LmsId groupId, IReadOnlyCollection<LmsId> userIds, CancellationToken cancellationToken);

    /// <summary>Older than the membership's last event: nothing happens. A member already: only the time of that event changes.</summary>
    /// <param name="entry">What the audit is to say of it, stored with it or not at all; null: nothing.</param>
    /// <returns>Whether the user was no member before and is one now.</returns>
    Task<bool> AddAsync(LmsId groupId, LmsId userId, EventTime at, AuditEntry? entry, CancellationToken cancellationToken);

    /// <summary>What <see cref="AddAsync"/> does, for many users of a group in few requests. The audit is told nothing.</summary>
    /// <param name="userIds">Without repetition.</param>
    /// <returns>Those whose membership began then, whether this call or an earlier one of the same time made it; null: there is no such group.</returns>
    Task<IReadOnlySet<LmsId>?> AddManyAsync(LmsId groupId, IReadOnlyCollection<LmsId> userIds, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Older than the membership's last event: nothing happens. No member: what remains is when it happened.</summary>
    /// <param name="entry">As above.</param>
    /// <returns>Whether the user was a member before and is none now.</returns>
    Task<bool> RemoveAsync(LmsId groupId, LmsId userId, EventTime at, AuditEntry? entry, CancellationToken cancellationToken);
}

/// <summary>A group or a branch as a source of users.</summary>
public sealed record MemberSource(MemberSourceType Type, LmsId Id)
{
    public static MemberSource Group(LmsId id) => new(MemberSourceType.Group, id);

    public static MemberSource Branch(LmsId id) => new(MemberSourceType.Branch, id);

    /// <summary>Those that a filter names; null: it does not.</summary>
    public static IReadOnlyList<MemberSource> Of(LmsId? branch, LmsId? group) =>
        [.. branch is null ? [] : new[] { Branch(branch) }, .. group is null ? [] : new[] { Group(group) }];
}

public enum MemberSourceType
{
    Group,
    Branch,
}
