namespace CertFunctions.Core.Directory;

/// <summary>Who belongs to a group or (directly) to a branch.</summary>
public interface IMemberStore
{
    /// <summary>The members in <see cref="ShardOrder"/>, read page by page as they are asked for.</summary>
    /// <param name="pageSize">How many to read at once, 1-1000: an early stop costs no more than one such page.</param>
    IAsyncEnumerable<LmsId> ReadAsync(MemberSource source, int pageSize, CancellationToken cancellationToken);
}

/// <summary>A group or a branch as a source of users.</summary>
public sealed record MemberSource(MemberSourceType Type, LmsId Id);

public enum MemberSourceType
{
    Group,
    Branch,
}
