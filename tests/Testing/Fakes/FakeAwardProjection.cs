using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

/// <summary>Records whose awards were made to show the users' names.</summary>
public sealed class FakeAwardProjection : IAwardProjection
{
    private readonly ConcurrentQueue<LmsId> renamed = new();

    public IReadOnlyCollection<LmsId> Renamed => renamed;

    /// <summary>Called before a rename is recorded: a place to fail, or to let others go first.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public async Task RenameAsync(Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken)
    {
        await Before();
        foreach (var userId in userIds)
        {
            renamed.Enqueue(userId);
        }
    }
}
