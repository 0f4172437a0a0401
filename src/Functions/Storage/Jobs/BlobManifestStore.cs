using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Jobs;

/// <summary>
/// In container <c>jobs</c>, under the id of the job: a manifest, one task a line; and beside each manifest <c>.runs.json</c>, which says
/// where in it each run lies.
/// </summary>
internal sealed class BlobManifestStore(BlobContainerClient container) : IManifestStore
{
    /// <summary>Of the index and the lines that it points to. Version 1 was the bare array of the runs.</summary>
    private const int CurrentVersion = 2;

    private ReadIndex? lastRead;

    public async Task<Manifest> WriteAsync(JobId id, IAsyncEnumerable<RunTasks> runs, CancellationToken cancellationToken)
    {
        var name = $"manifest.{Guid.NewGuid():N}";
        var index = new List<StoredRun>();
        using var blocks = new BlobBlocks(container.GetBlockBlobClient($"{id}/{name}"));
        await foreach (var run in runs.WithCancellation(cancellationToken))
        {
            var lines = Encoding.UTF8.GetBytes(string.Concat(run.Tasks.Select(task => LineOf(task) + "\n")));
            var offset = index.Count == 0 ? 0 : index[^1].Offset + index[^1].Length;
            index.Add(new StoredRun(run.Shard.Number, run.Tasks.Count, offset, lines.Length) { First = run.Tasks[0].UserId?.Value });
            await blocks.WriteAsync(lines, cancellationToken);
        }

        await blocks.CompleteAsync(cancellationToken);
        return await WriteIndexAsync(id, name, index, cancellationToken);
    }

    public async Task<Manifest> JoinAsync(JobId id, IReadOnlyList<string> parts, CancellationToken cancellationToken)
    {
        var joined = new List<StoredRun>();
        foreach (var part in parts)
        {
            joined.AddRange((await ReadIndexAsync(id, part, cancellationToken)).Select(run => run with { Part = part }));
        }

        return await WriteIndexAsync(id, $"manifest.{Guid.NewGuid():N}", joined, cancellationToken);
    }

    public async Task<RunTasks?> FindRunAsync(JobId id, string manifest, int run, CancellationToken cancellationToken)
    {
        try
        {
            var index = await ReadIndexAsync(id, manifest, cancellationToken);
            return run < index.Count ? await ReadAsync(id, manifest, run, index[run], cancellationToken) : null;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<Shard>> ListShardsAsync(JobId id, string manifest, CancellationToken cancellationToken) =>
        [.. (await ReadIndexAsync(id, manifest, cancellationToken)).Select(run => Shard.Numbered(run.Shard))];

    public async Task<IReadOnlyList<RunTask>> FindTasksAsync(
        JobId id, string manifest, IReadOnlySet<LmsId> userIds, int mostRuns, CancellationToken cancellationToken)
    {
        var parts = OfUsers(await ReadIndexAsync(id, manifest, cancellationToken));
        var runs = userIds.SelectMany(userId => parts.Select(part => (Part: part, Index: IndexOf(part, userId)))).Where(found => found.Index >= 0)
            .CountBy(found => found.Part[found.Index].Run).OrderByDescending(run => run.Value).ThenBy(run => run.Key).Take(mostRuns);
        var found = new List<RunTask>();
        foreach (var (run, _) in runs)
        {
            var tasks = (await FindRunAsync(id, manifest, run, cancellationToken))!.Tasks;
            found.AddRange(tasks.Where(task => task.UserId is { } userId && userIds.Contains(userId)));
        }

        return found;
    }

    public async IAsyncEnumerable<LmsId> ReadUsersAsync(
        JobId id, string manifest, LmsId? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var index = await ReadIndexAsync(id, manifest, cancellationToken);
        foreach (var (run, _) in index.Index().Where(run => run.Item.First is null))
        {
            if ((await FindRunAsync(id, manifest, run, cancellationToken))!.Tasks.Any(task => task.UserId is not null))
            {
                throw new InvalidOperationException($"Run {run} of job {id} was listed by an older app, which did not note whom it is about.");
            }
        }

        var parts = OfUsers(index);
        await foreach (var userId in Merge.SortedAsync(parts.Select(ReadPartAsync), ShardOrder.Instance, cancellationToken))
        {
            yield return userId;
        }

        async IAsyncEnumerable<LmsId> ReadPartAsync(List<RunOfUsers> part)
        {
            foreach (var (run, _) in after is null ? part : part.Skip(IndexOf(part, after)))
            {
                // Not the tasks: there may be hundreds of parts.
                var users = (await FindRunAsync(id, manifest, run, cancellationToken))!.Tasks.Select(task => task.UserId!).ToList();
                foreach (var userId in users.Where(userId => after is null || ShardOrder.Instance.Compare(userId, after) > 0))
                {
                    yield return userId;
                }
            }
        }
    }

    /// <returns>The runs of each part that are about users, and who is the first in each.</returns>
    private static List<List<RunOfUsers>> OfUsers(IReadOnlyList<StoredRun> index) =>
    [
        .. index.Index().Where(run => run.Item.First is not null)
            .GroupBy(run => run.Item.Part, run => new RunOfUsers(run.Index, LmsId.Parse(run.Item.First!))).Select(part => part.ToList()),
    ];

    /// <returns>Where in the part the run lies that has the user's task, if any has; -1: none has.</returns>
    private static int IndexOf(List<RunOfUsers> part, LmsId userId)
    {
        var index = part.BinarySearch(new RunOfUsers(0, userId), RunOfUsers.Order);
        return index >= 0 ? index : ~index - 1;
    }

    private async Task<Manifest> WriteIndexAsync(JobId id, string name, IReadOnlyList<StoredRun> index, CancellationToken cancellationToken)
    {
        await IndexOf(id, name).UploadAsync(BinaryData.FromObjectAsJson(new StoredIndex(CurrentVersion, index)), overwrite: true, cancellationToken);
        return new Manifest(name, index.Count, index.Sum(run => run.Count));
    }

    /// <summary>An index never changes, and the next run is likely one of the same manifest.</summary>
    private async Task<IReadOnlyList<StoredRun>> ReadIndexAsync(JobId id, string name, CancellationToken cancellationToken)
    {
        var known = lastRead;
        if (known?.Name != name)
        {
            var content = await IndexOf(id, name).DownloadContentAsync(cancellationToken);
            lastRead = known = new ReadIndex(name, RunsOf(content.Value.Content));
        }

        return known.Runs;
    }

    /// <exception cref="InvalidOperationException">The index was written by a newer app.</exception>
    private static IReadOnlyList<StoredRun> RunsOf(BinaryData content)
    {
        using var json = JsonDocument.Parse(content);
        if (json.RootElement.ValueKind == JsonValueKind.Array)
        {
            return json.Deserialize<StoredRun[]>()!;
        }

        var index = json.Deserialize<StoredIndex>()!;
        return index.Version <= CurrentVersion
            ? index.Runs
            : throw new InvalidOperationException($"The list of tasks is of version {index.Version}; this app reads {CurrentVersion}.");
    }

    private async Task<RunTasks> ReadAsync(JobId id, string manifest, int number, StoredRun run, CancellationToken cancellationToken)
    {
        var range = new BlobDownloadOptions { Range = new HttpRange(run.Offset, run.Length) };
        var lines = (await BlobOf(id, run.Part ?? manifest).DownloadContentAsync(range, cancellationToken)).Value.Content.ToString();
        return new RunTasks(number, Shard.Numbered(run.Shard), [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(TaskOf)]);
    }

    /// <summary>Whoever is to get what the job orders is a bare id; other tasks are JSON.</summary>
    private static string LineOf(RunTask task) =>
        task is OrderTask ? task.UserId!.Value : JsonSerializer.Serialize(task, StorageJson.Options);

    private static RunTask TaskOf(string line) => line[0] == '{'
        ? JsonSerializer.Deserialize<RunTask>(line, StorageJson.Options)!
        : new OrderTask { UserId = LmsId.Parse(line) };

    private BlobClient IndexOf(JobId id, string manifest) => BlobOf(id, $"{manifest}.runs.json");

    private BlobClient BlobOf(JobId id, string name) => container.GetBlobClient($"{id}/{name}");

    private sealed record StoredIndex(int Version, IReadOnlyList<StoredRun> Runs);

    /// <param name="Part">The manifest in which it lies, where this one is joined from several; null: this one.</param>
    private sealed record StoredRun(int Shard, int Count, long Offset, int Length, string? Part = null)
    {
        /// <summary>For whom its first task is; null: for nobody, or written by an app before this was noted.</summary>
        public string? First { get; init; }
    }

    private sealed record RunOfUsers(int Run, LmsId First)
    {
        public static readonly IComparer<RunOfUsers> Order =
            Comparer<RunOfUsers>.Create((one, other) => ShardOrder.Instance.Compare(one.First, other.First));
    }

    private sealed record ReadIndex(string Name, IReadOnlyList<StoredRun> Runs);
}
