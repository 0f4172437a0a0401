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

    public Task<IReadOnlyList<Shard>> ListShardsAsync(JobId id, string manifest, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Shard>>([.. manifests[manifest].Select(run => run.Shard)]);

    public Task<IReadOnlyList<RunTask>> FindTasksAsync(
        JobId id, string manifest, IReadOnlySet<LmsId> userIds, int mostRuns, CancellationToken cancellationToken)
    {
        var ofUsers = manifests[manifest].Select(run => run.Tasks.Where(task => task.UserId is { } user && userIds.Contains(user)).ToList());
        return Task.FromResult<IReadOnlyList<RunTask>>(
            [.. ofUsers.Where(tasks => tasks.Count > 0).OrderByDescending(tasks => tasks.Count).Take(mostRuns).SelectMany(tasks => tasks)]);
    }

    public IAsyncEnumerable<LmsId> ReadUsersAsync(JobId id, string manifest, LmsId? after, CancellationToken cancellationToken) => manifests[manifest]
        .SelectMany(run => run.Tasks).Select(task => task.UserId).OfType<LmsId>()
        .Where(user => after is null || ShardOrder.Instance.Compare(user, after) > 0)
        .Order(ShardOrder.Instance).ToAsyncEnumerable();
}
