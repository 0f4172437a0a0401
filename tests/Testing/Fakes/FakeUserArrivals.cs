using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

/// <summary>Records who appeared.</summary>
public sealed class FakeUserArrivals : IUserArrivals
{
    private readonly ConcurrentQueue<LmsId> announced = new();

    public IReadOnlyCollection<LmsId> Announced => announced;

    public Task AnnounceAsync(LmsId userId, CancellationToken cancellationToken)
    {
        announced.Enqueue(userId);
        return Task.CompletedTask;
    }
}
