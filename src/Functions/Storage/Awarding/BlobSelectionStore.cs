using Azure.Storage.Blobs;
using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Awarding;

/// <summary>In container <c>jobs</c>, under the id of the job: <c>selection.json</c>, as it was asked for.</summary>
internal sealed class BlobSelectionStore(BlobContainerClient container) : ISelectionStore
{
    public Task SaveAsync(JobId id, AwardSelection selection, CancellationToken cancellationToken) =>
        BlobOf(id).UploadAsync(BinaryData.FromObjectAsJson(StoredSelection.Of(selection)), overwrite: true, cancellationToken);

    public async Task<AwardSelection> ReadAsync(JobId id, CancellationToken cancellationToken)
    {
        var content = await BlobOf(id).DownloadContentAsync(cancellationToken);
        return content.Value.Content.ToObjectFromJson<StoredSelection>()!.ToSelection();
    }

    private BlobClient BlobOf(JobId id) => container.GetBlobClient($"{id}/selection.json");

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
