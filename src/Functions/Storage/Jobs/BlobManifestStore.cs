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
            index.Add(new StoredRun(run.Shard.Number, run.Tasks.Count, offset, lines.Length));
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
    private sealed record StoredRun(int Shard, int Count, long Offset, int Length, string? Part = null);

    private sealed record ReadIndex(string Name, IReadOnlyList<StoredRun> Runs);
}
