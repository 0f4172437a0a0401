namespace CertFunctions.Core.Directory;

/// <summary>Where nothing waits for users.</summary>
public sealed class NobodyWaits : IUserArrivals
{
    public Task AnnounceAsync(LmsId userId, CancellationToken cancellationToken) => Task.CompletedTask;
}
