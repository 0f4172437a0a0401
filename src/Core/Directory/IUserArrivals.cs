namespace CertFunctions.Core.Directory;

/// <summary>Told of users when they appear, so that what waited for them goes on.</summary>
public interface IUserArrivals
{
    /// <summary>The users exist now. Being told again does no harm, and a call that a crash cut off is made good by a timer.</summary>
    /// <param name="userIds">In ordinal order.</param>
    Task AnnounceAsync(IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken);
}
