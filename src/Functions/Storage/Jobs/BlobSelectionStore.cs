using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Jobs;

/// <summary>
/// In container <c>jobs</c>, under the id of the job: <c>selection.json</c> as it was asked for; a manifest, one user id a line;
/// and beside each manifest <c>.runs.json</c>, which says where in it each run lies.
/// </summary>
internal sealed class BlobSelectionStore(BlobContainerClient container) : ISelectionStore
{
    public Task SaveAsync(JobId id, AwardSelection selection, CancellationToken cancellationToken) =>
        SelectionOf(id).UploadAsync(BinaryData.FromObjectAsJson(StoredSelection.Of(selection)), overwrite: true, cancellationToken);

    public async Task<AwardSelection> ReadAsync(JobId id, CancellationToken cancellationToken)
    {
        var content = await SelectionOf(id).DownloadContentAsync(cancellationToken);
        return content.Value.Content.ToObjectFromJson<StoredSelection>()!.ToSelection();
    }

    public async Task<Manifest> WriteManifestAsync(JobId id, IAsyncEnumerable<RunUsers> runs, CancellationToken cancellationToken)
    {
        var name = $"manifest.{Guid.NewGuid():N}";
        var index = new List<StoredRun>();
        using var blocks = new BlobBlocks(container.GetBlockBlobClient($"{id}/{name}"));
        await foreach (var run in runs.WithCancellation(cancellationToken))
        {
            var lines = Encoding.ASCII.GetBytes(string.Join('\n', run.UserIds) + "\n");
            var offset = index.Count == 0 ? 0 : index[^1].Offset + index[^1].Length;
            index.Add(new StoredRun(run.Shard.Number, run.UserIds.Count, offset, lines.Length));
            await blocks.WriteAsync(lines, cancellationToken);
        }

        await blocks.CompleteAsync(cancellationToken);
        await IndexOf(id, name).UploadAsync(BinaryData.FromObjectAsJson(index), overwrite: true, cancellationToken);
        return new Manifest(name, index.Count, index.Sum(run => run.Count));
    }

    public async Task<RunUsers?> FindRunAsync(JobId id, string manifest, int run, CancellationToken cancellationToken)
    {
        try
        {
            var index = (await IndexOf(id, manifest).DownloadContentAsync(cancellationToken)).Value.Content.ToObjectFromJson<StoredRun[]>()!;
            return run < index.Length ? await ReadAsync(id, manifest, run, index[run], cancellationToken) : null;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private async Task<RunUsers> ReadAsync(JobId id, string manifest, int number, StoredRun run, CancellationToken cancellationToken)
    {
        var range = new BlobDownloadOptions { Range = new HttpRange(run.Offset, run.Length) };
        var lines = (await BlobOf(id, manifest).DownloadContentAsync(range, cancellationToken)).Value.Content.ToString();
        var userIds = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(LmsId.Parse);
        return new RunUsers(number, Shard.Numbered(run.Shard), [.. userIds]);
    }

    private BlobClient SelectionOf(JobId id) => BlobOf(id, "selection.json");

    private BlobClient IndexOf(JobId id, string manifest) => BlobOf(id, $"{manifest}.runs.json");

    private BlobClient BlobOf(JobId id, string name) => container.GetBlobClient($"{id}/{name}");

    private sealed record StoredRun(int Shard, int Count, long Offset, int Length);

    private sealed record StoredSelection(IEnumerable<string> Users, IEnumerable<string> Groups, IEnumerable<string> Branches)
    {
        public static StoredSelection Of(AwardSelection selection) => new(
            selection.Users.Select(id => id.Value),
            IdsOf(selection, MemberSourceType.Group),
            IdsOf(selection, MemberSourceType.Branch));

        public AwardSelection ToSelection() => new(
            [.. Users.Select(LmsId.Parse)],
            [
                .. Groups.Select(id => new MemberSource(MemberSourceType.Group, LmsId.Parse(id))),
                .. Branches.Select(id => new MemberSource(MemberSourceType.Branch, LmsId.Parse(id))),
            ]);

        private static IEnumerable<string> IdsOf(AwardSelection selection, MemberSourceType type) =>
            selection.Sources.Where(source => source.Type == type).Select(source => source.Id.Value);
    }
}
