using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Testing.Fakes;

/// <summary>Selections and manifests in memory.</summary>
public sealed class FakeSelectionStore : ISelectionStore
{
    private readonly ConcurrentDictionary<JobId, AwardSelection> selections = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<RunTasks>> manifests = new();

    public Task SaveAsync(JobId id, AwardSelection selection, CancellationToken cancellationToken)
    {
        selections[id] = selection;
        return Task.CompletedTask;
    }

    public Task<AwardSelection> ReadAsync(JobId id, CancellationToken cancellationToken) => Task.FromResult(selections[id]);

    public async Task<Manifest> WriteManifestAsync(JobId id, IAsyncEnumerable<RunTasks> runs, CancellationToken cancellationToken)
    {
        var written = await runs.ToListAsync(cancellationToken);
        var name = Guid.NewGuid().ToString();
        manifests[name] = written;
        return new Manifest(name, written.Count, written.Sum(run => run.Tasks.Count));
    }

    public Task<Manifest> JoinManifestsAsync(JobId id, IReadOnlyList<string> parts, CancellationToken cancellationToken)
    {
        var runs = parts.SelectMany(part => manifests[part]).Select((run, number) => run with { Run = number });
        return WriteManifestAsync(id, runs.ToAsyncEnumerable(), cancellationToken);
    }

    public Task<RunTasks?> FindRunAsync(JobId id, string manifest, int run, CancellationToken cancellationToken) =>
        Task.FromResult(manifests.GetValueOrDefault(manifest)?.ElementAtOrDefault(run));
}
