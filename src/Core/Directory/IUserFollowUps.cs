namespace CertFunctions.Core.Directory;

/// <summary>
/// Remembers what a change of a user still has to bring about elsewhere, so that a crash loses none of it. A follow-up is stored with the
/// change, see <see cref="IUserStore.WriteManyAsync"/>.
/// </summary>
public interface IUserFollowUps
{
    /// <summary>Adds one that is <see cref="UserFollowUp.IsAhead"/>: it belongs to no change of the user.</summary>
    Task AddAsync(UserFollowUp followUp, CancellationToken cancellationToken);

    /// <summary>Those of the given users of one shard. Costs one read unless there are very many.</summary>
    /// <param name="userIds">In ordinal order, at least one.</param>
    Task<IReadOnlyList<UserFollowUp>> ReadAsync(Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken);

    /// <summary>Those added before <paramref name="before"/>, of all users.</summary>
    IAsyncEnumerable<UserFollowUp> ReadOlderAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Those that somebody else has removed are done too.</summary>
    /// <param name="done">All of one shard.</param>
    Task RemoveManyAsync(IReadOnlyList<UserFollowUp> done, CancellationToken cancellationToken);
}

/// <summary>What follows a change of a user. Whoever reads it may carry it out, and remove it then.</summary>
public sealed record UserFollowUp(LmsId UserId, string Id, DateTimeOffset AddedAt)
{
    /// <summary>The user's awards are to show how it is called now, and whether it is active.</summary>
    public bool ShownOtherwise { get; init; }

    /// <summary>The claim of a username that the user has no longer; null: it is still called so.</summary>
    public UsernameClaim? GivenUp { get; init; }

    /// <summary>It was added before what it is to follow: until it is abandoned, it is for whoever added it alone.</summary>
    public bool IsAhead { get; init; }
}
