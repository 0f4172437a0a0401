using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CertFunctions.Core.Lms;

namespace CertFunctions.Functions.Storage.Lms;

/// <summary>A blob for each message: its body as it came, and in the metadata when that was, its hash, and whether it has been applied.</summary>
internal sealed class BlobWebhookStore(BlobContainerClient container) : IWebhookStore
{
    private const string ReceivedAt = "receivedAt";
    private const string BodyHash = "bodyHash";
    private const string Applied = "applied";

    public async Task<WebhookKept> KeepAsync(
        string messageId, ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var blob = BlobOf(WebhookKey.Of(messageId));
        var hash = Convert.ToHexStringLower(SHA256.HashData(body.Span));
        var options = new BlobUploadOptions
        {
            Conditions = new() { IfNoneMatch = ETag.All },
            HttpHeaders = new() { ContentType = "application/json" },
            Metadata = new Dictionary<string, string> { [ReceivedAt] = receivedAt.ToString("O", CultureInfo.InvariantCulture), [BodyHash] = hash },
        };
        try
        {
            await blob.UploadAsync(BinaryData.FromBytes(body), options, cancellationToken);
            return WebhookKept.Kept;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // Also a repetition by the client itself, whose first answer was lost.
            var kept = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            return kept.Value.Metadata[BodyHash] == hash ? WebhookKept.KeptBefore : WebhookKept.OtherBody;
        }
    }

    public async Task<StoredWebhook?> FindAsync(WebhookKey key, CancellationToken cancellationToken)
    {
        try
        {
            var found = await BlobOf(key).DownloadContentAsync(cancellationToken);
            var metadata = found.Value.Details.Metadata;
            return new StoredWebhook(
                found.Value.Content.ToMemory(),
                DateTimeOffset.Parse(metadata[ReceivedAt], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                metadata.ContainsKey(Applied));
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public async Task MarkAppliedAsync(WebhookKey key, CancellationToken cancellationToken)
    {
        var blob = BlobOf(key);
        var metadata = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.Metadata;
        metadata[Applied] = "true";
        await blob.SetMetadataAsync(metadata, cancellationToken: cancellationToken);
    }

    private BlobClient BlobOf(WebhookKey key) => container.GetBlobClient(key.Value);
}
