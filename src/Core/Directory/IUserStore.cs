using CertFunctions.Core.Audit;

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

    /// <summary>The user for whoever wants to change it.</summary>
    Task<StoredUser?> FindStoredAsync(LmsId id, CancellationToken cancellationToken);

    /// <summary>The same for whoever wants to change many: as <see cref="FindManyAsync"/> does.</summary>
    Task<IReadOnlyDictionary<LmsId, StoredUser>> FindManyStoredAsync(Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken);

    /// <summary>Writes users of one shard who look as before, about a hundred in a request: only the times of their newest events differ.</summary>
    /// <param name="touched">Each with what was read before.</param>
    /// <returns>Those that are written; of the others at least one changed since, and they are to be read again.</returns>
    Task<IReadOnlyList<User>> TouchManyAsync(IReadOnlyList<(User User, StoredUser Former)> touched, CancellationToken cancellationToken);

    /// <summary>
    /// Names the state of the names of all users of a shard. Whoever changes how a user is shown changes it in the same transaction;
    /// nothing else does. Null: nobody was ever renamed.
    /// </summary>
    Task<string?> FindNamesRevisionAsync(Shard shard, CancellationToken cancellationToken);

    /// <summary>Writes the user and what finds it by its names, all or nothing.</summary>
    /// <param name="former">What was read before.</param>
    /// <param name="followUp">What the change still has to bring about; null: nothing.</param>
    /// <param name="entry">What the audit is to say of it, stored with it or not at all; null: nothing.</param>
    /// <returns>False when the user changed since, or somebody has taken the follow-up.</returns>
    Task<bool> TryWriteAsync(
        User user, UsernameClaim claim, StoredUser former, UserFollowUp? followUp, AuditEntry? entry, CancellationToken cancellationToken);

    /// <summary>What there is to know of a user who is to be created.</summary>
    Task<UserDeletion> FindDeletionAsync(LmsId id, CancellationToken cancellationToken);

    /// <summary>Writes a new user and what finds it by its names, all or nothing; its deletion need no longer be remembered.</summary>
    /// <param name="deletion">What was read before.</param>
    /// <param name="followUp">As above.</param>
    /// <param name="entry">As above.</param>
    /// <returns>False when the user exists, a deletion was remembered since, or somebody has taken the follow-up.</returns>
    Task<bool> TryCreateAsync(
        User user, UsernameClaim claim, UserDeletion deletion, UserFollowUp? followUp, AuditEntry? entry, CancellationToken cancellationToken);

    /// <summary>
    /// Remembers that a user was deleted that does not exist here: whoever creates it later, or is just creating it, learns of that.
    /// An older deletion changes nothing. Somebody may have created the user before: look for it afterwards.
    /// </summary>
    Task RememberDeletionAsync(LmsId id, DateTimeOffset at, CancellationToken cancellationToken);
}

/// <param name="Claim">The claim under which the user has its username.</param>
/// <param name="Revision">Names this state of the stored row.</param>
public sealed record StoredUser(User User, UsernameClaim Claim, string Revision);
