namespace CertFunctions.Core.Directory;

/// <summary>Remembers what a change of a user still has to bring about elsewhere, so that a crash loses none of it.</summary>
public interface IUserFollowUps
{
    /// <returns>The follow-up as it is stored.</returns>
    Task<UserFollowUp> AddAsync(UserFollowUp followUp, CancellationToken cancellationToken);

    /// <summary>To be called before anyone but its writer carries it out: the writer, if it is still at work, then changes nothing any more.</summary>
    /// <returns>False: it is done.</returns>
    Task<bool> TryTakeAsync(UserFollowUp followUp, CancellationToken cancellationToken);

    /// <summary>Done before: nothing happens.</summary>
    Task RemoveAsync(UserFollowUp followUp, CancellationToken cancellationToken);

    Task<IReadOnlyList<UserFollowUp>> ReadAsync(LmsId userId, CancellationToken cancellationToken);

    /// <summary>Those added before <paramref name="before"/>, of all users.</summary>
    IAsyncEnumerable<UserFollowUp> ReadOlderAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>What follows a change of a user: membership of branches, and the name in its awards.</summary>
/// <param name="Branches">The branch left and the branch joined; in each, the membership is made to be what the user row says.</param>
/// <param name="Revision">Names the state of the stored row; null: not stored.</param>
public sealed record UserFollowUp(
    LmsId UserId, string Id, IReadOnlyList<LmsId> Branches, bool Renamed, DateTimeOffset AddedAt, string? Revision = null);
