namespace CertFunctions.Core.Directory;

/// <summary>Who may write which username. A username is claimed before the user is written with it.</summary>
public interface IUsernameClaims
{
    /// <summary>
    /// A claim that no other user holds, or null. A claim that its owner never used, or no longer uses, is taken over once it is
    /// older than <see cref="UsernameClaim.Lease"/>; whatever a slow writer decided on that owner as it was is then refused. So read
    /// a user before you claim its username.
    /// </summary>
    Task<UsernameClaim?> TryClaimAsync(string username, LmsId userId, CancellationToken cancellationToken);

    /// <summary>
    /// Frees a username that its user gave up: the user row, written anew, has another. Does nothing when it was claimed again meanwhile, by whomever.
    /// </summary>
    Task ReleaseAsync(UsernameClaim claim, LmsId userId, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a claim back under which its user was not written. Where another writer of the same user has used it, or may still, that writer is
    /// refused, or the claim stays. Does nothing when the username was claimed again meanwhile.
    /// </summary>
    Task GiveBackAsync(UsernameClaim claim, LmsId userId, CancellationToken cancellationToken);

    /// <summary>Who has claimed each of these usernames. Whether a user is called so by now, or still, the user's row alone can tell.</summary>
    /// <returns>By the usernames as they were given; what nobody claimed is not among them.</returns>
    Task<IReadOnlyDictionary<string, LmsId>> FindOwnersAsync(IReadOnlyCollection<string> usernames, CancellationToken cancellationToken);
}

/// <param name="Token">Differs at every claim, so that a late release does not free a later claim of the same user.</param>
public sealed record UsernameClaim(string Username, string Token)
{
    /// <summary>How long a writer may take from claim to user row before others may have the username.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
}
