namespace CertFunctions.Core.Directory;

/// <summary>Told of users when they appear, so that what waited for them goes on.</summary>
public interface IUserArrivals
{
    /// <summary>The user exists now. Being told again does no harm, and a call that a crash cut off is made good by a timer.</summary>
    Task AnnounceAsync(LmsId userId, CancellationToken cancellationToken);
}
