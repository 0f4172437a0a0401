namespace CertFunctions.Core.Directory;

/// <summary>Who may write which username. A username is claimed before the user is written with it.</summary>
public interface IUsernameClaims
{
    /// <summary>
    /// Claims usernames that no others hold. A claim that its owner never used, or no longer uses, is taken over once it is older than
    /// <see cref="UsernameClaim.Lease"/>; whatever a slow writer decided on that owner as it was is then refused. So read a user before you
    /// claim its username.
    /// </summary>
    /// <param name="wishes">Of two who wish the same username, whatever the case, the first gets it.</param>
    /// <returns>The claims of those who got one.</returns>
    Task<IReadOnlyDictionary<LmsId, UsernameClaim>> ClaimManyAsync(IReadOnlyCollection<UsernameWish> wishes, CancellationToken cancellationToken);

    /// <summary>
    /// Frees usernames that their users gave up: the user rows, written anew, have others. Does nothing with those that were claimed again
    /// meanwhile, by whomever.
    /// </summary>
    Task ReleaseManyAsync(IReadOnlyCollection<UsernameClaim> claims, CancellationToken cancellationToken);

    /// <summary>Who has claimed each of these usernames. Whether a user is called so by now, or still, the user's row alone can tell.</summary>
    /// <returns>By the usernames as they were given; what nobody claimed is not among them.</returns>
    Task<IReadOnlyDictionary<string, LmsId>> FindOwnersAsync(IReadOnlyCollection<string> usernames, CancellationToken cancellationToken);
}

public sealed record UsernameWish(string Username, LmsId UserId);

/// <param name="Token">Differs at every claim, so that a late release does not free a later claim of the same user.</param>
public sealed record UsernameClaim(string Username, string Token)
{
    /// <summary>How long a writer may take from claim to user row before others may have the username.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
}
