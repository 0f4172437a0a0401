using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

/// <summary>Records who appeared.</summary>
public sealed class FakeUserArrivals : IUserArrivals
{
    private readonly ConcurrentQueue<LmsId> announced = new();

    public IReadOnlyCollection<LmsId> Announced => announced;

    public Task AnnounceAsync(IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken)
    {
        foreach (var userId in userIds)
        {
            announced.Enqueue(userId);
        }

        return Task.CompletedTask;
    }
}
