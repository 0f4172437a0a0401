using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

/// <summary>Records whose awards were made to show the users as they are.</summary>
public sealed class FakeAwardProjection : IAwardProjection
{
    private readonly ConcurrentQueue<LmsId> shown = new();

    public IReadOnlyCollection<LmsId> Shown => shown;

    /// <summary>Called before it is recorded: a place to fail, or to let others go first.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public async Task ShowAsync(Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken)
    {
        await Before();
        foreach (var userId in userIds)
        {
            shown.Enqueue(userId);
        }
    }
}
