namespace CertFunctions.Core.Directory;

/// <summary>Keeps the users. One row answers for a user; usernames are claimed, so no two users share one.</summary>
public interface IUserStore
{
    Task<User?> FindAsync(LmsId id, CancellationToken cancellationToken);

    /// <summary>Those of the given users that exist. Costs a few reads when they lie close together, else one a user.</summary>
    /// <param name="ids">All of <paramref name="shard"/>, in ordinal order, without repetition.</param>
    Task<IReadOnlyDictionary<LmsId, User>> FindManyAsync(Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken);
}
