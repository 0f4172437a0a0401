namespace CertFunctions.Core.Directory;

/// <summary>Who belongs to a group or (directly) to a branch.</summary>
public interface IMemberStore
{
    /// <summary>The members in <see cref="ShardOrder"/>, read page by page as they are asked for.</summary>
    /// <param name="pageSize">How many to read at once, 1-1000: an early stop costs no more than one such page.</param>
    IAsyncEnumerable<LmsId> ReadAsync(MemberSource source, int pageSize, CancellationToken cancellationToken);

    /// <summary>In <see cref="ShardOrder"/>.</summary>
    Task<Page<LmsId>> ListAsync(MemberSource source, PageRequest page, CancellationToken cancellationToken);

    Task<bool> ContainsAsync(MemberSource source, LmsId userId, CancellationToken cancellationToken);

    /// <summary>A member already: only the time of the membership's last event changes.</summary>
    Task AddAsync(MemberSource source, LmsId userId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>No member: nothing happens. What remains is when it happened.</summary>
    Task RemoveAsync(MemberSource source, LmsId userId, DateTimeOffset at, CancellationToken cancellationToken);
}

/// <summary>A group or a branch as a source of users.</summary>
public sealed record MemberSource(MemberSourceType Type, LmsId Id)
{
    public static MemberSource Group(LmsId id) => new(MemberSourceType.Group, id);

    public static MemberSource Branch(LmsId id) => new(MemberSourceType.Branch, id);
}

public enum MemberSourceType
{
    Group,
    Branch,
}
