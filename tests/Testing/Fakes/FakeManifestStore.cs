using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Testing.Fakes;

/// <summary>Manifests in memory.</summary>
public sealed class FakeManifestStore : IManifestStore
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<RunTasks>> manifests = new();

    public async Task<Manifest> WriteAsync(JobId id, IAsyncEnumerable<RunTasks> runs, CancellationToken cancellationToken)
    {
        var written = await runs.ToListAsync(cancellationToken);
        var name = Guid.NewGuid().ToString();
        manifests[name] = written;
        return new Manifest(name, written.Count, written.Sum(run => run.Tasks.Count));
    }

    public Task<Manifest> JoinAsync(JobId id, IReadOnlyList<string> parts, CancellationToken cancellationToken)
    {
        var runs = parts.SelectMany(part => manifests[part]).Select((run, number) => run with { Run = number });
        return WriteAsync(id, runs.ToAsyncEnumerable(), cancellationToken);
    }

    public Task<RunTasks?> FindRunAsync(JobId id, string manifest, int run, CancellationToken cancellationToken) =>
        Task.FromResult(manifests.GetValueOrDefault(manifest)?.ElementAtOrDefault(run));
}
