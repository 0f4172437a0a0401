namespace CertFunctions.Core.Directory;

/// <summary>Keeps the users. One row answers for a user; usernames are claimed, so no two users share one.</summary>
public interface IUserStore
{
    Task<User?> FindAsync(LmsId id, CancellationToken cancellationToken);

    /// <summary>Those of the given users that exist. Costs a few reads when they lie close together, else one a user.</summary>
    /// <param name="ids">All of <paramref name="shard"/>, in ordinal order, without repetition.</param>
    Task<IReadOnlyDictionary<LmsId, User>> FindManyAsync(Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken);

    /// <summary>In the order of ids; with <paramref name="search"/> in the order of the names that it found.</summary>
    /// <param name="search">The beginning of a username, a first or a last name, whatever the case; null: all.</param>
    Task<Page<User>> ListAsync(string? search, PageRequest page, CancellationToken cancellationToken);

    /// <summary>All users in <see cref="ShardOrder"/>, read page by page as they are asked for.</summary>
    /// <param name="after">Only those behind this one; null: all. Costs no shard before its own.</param>
    /// <param name="pageSize">How many to read at once, 1-1000: an early stop costs no more than one such page.</param>
    IAsyncEnumerable<User> ReadAsync(LmsId? after, int pageSize, CancellationToken cancellationToken);

    /// <summary>What is stored of each of the given users, also of those that do not exist. Costs what <see cref="FindManyAsync"/> does.</summary>
    /// <param name="ids">As above.</param>
    Task<IReadOnlyDictionary<LmsId, StoredUser>> FindManyStoredAsync(Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Names the state in which all users of a shard are shown (<see cref="User.Shown"/>). Whoever changes how one is shown changes it in the same
    /// transaction; nothing else does. Null: nobody was ever shown otherwise.
    /// </summary>
    Task<string?> FindShownRevisionAsync(Shard shard, CancellationToken cancellationToken);

    /// <summary>
    /// Writes users of one shard, some twenty in a transaction. With each, all or nothing: what finds it by its names and by its branch, its
    /// follow-up, and what the audit is to say.
    /// </summary>
    /// <param name="writes">One a user.</param>
    /// <returns>
    /// Those that are written. Of the others what was decided may no longer be true: the user changed since, or the branch that it joins was closed
    /// (<see cref="IBranchGateStore"/>).
    /// </returns>
    Task<IReadOnlySet<LmsId>> WriteManyAsync(Shard shard, IReadOnlyList<UserWrite> writes, CancellationToken cancellationToken);

    /// <summary>Remembers that a user was deleted that does not exist here: whoever is about to create it learns of that.</summary>
    /// <param name="former">What was read before.</param>
    /// <returns>False when another writer came first.</returns>
    Task<bool> TryRememberDeletionAsync(StoredUser former, DateTimeOffset at, CancellationToken cancellationToken);
}
