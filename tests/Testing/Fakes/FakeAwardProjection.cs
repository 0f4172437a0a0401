using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

/// <summary>Records which user's awards were made to show which name.</summary>
public sealed class FakeAwardProjection : IAwardProjection
{
    private readonly ConcurrentQueue<(LmsId UserId, PersonName Name)> renamed = new();

    public IReadOnlyCollection<(LmsId UserId, PersonName Name)> Renamed => renamed;

    /// <summary>Called before a rename is recorded: a place to fail, or to let others go first.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public async Task RenameAsync(LmsId userId, PersonName name, CancellationToken cancellationToken)
    {
        await Before();
        renamed.Enqueue((userId, name));
    }
}
