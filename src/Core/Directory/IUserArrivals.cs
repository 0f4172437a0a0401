namespace CertFunctions.Core.Directory;

/// <summary>Told of users when they appear, or give up a username, so that what waited for that goes on.</summary>
public interface IUserArrivals
{
    /// <summary>The users exist now, and have no longer the usernames that they had. Being told again does no harm, and a call that a crash cut off is made good by a timer.</summary>
    /// <param name="userIds">In ordinal order.</param>
    Task AnnounceAsync(IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken);
}
