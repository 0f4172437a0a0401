using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using CertFunctions.LocalHost.Worker;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Extensions.Azure;

namespace CertFunctions.LocalHost.Triggers;

/// <summary>Remembers in a blob when each timer ran, so that one missed while the host was down runs at its start.</summary>
internal sealed class BlobScheduleMonitor(PublishedApp app, IConfiguration settings, AzureComponentFactory components) : ScheduleMonitor
{
    private readonly BlobContainerClient _container =
        Client(settings.GetSection("AzureWebJobsStorage"), components).GetBlobContainerClient("azure-webjobs-hosts");

    public override async Task<ScheduleStatus?> GetStatusAsync(string timerName)
    {
        try
        {
            var content = await Blob(timerName).DownloadContentAsync();
            return content.Value.Content.ToObjectFromJson<ScheduleStatus>();
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    public override async Task UpdateStatusAsync(string timerName, ScheduleStatus status)
    {
        await _container.CreateIfNotExistsAsync();
        await Blob(timerName).UploadAsync(BinaryData.FromString(JsonSerializer.Serialize(status)), overwrite: true);
    }

    private static BlobServiceClient Client(IConfigurationSection storage, AzureComponentFactory components) =>
        storage["blobServiceUri"] is { Length: > 0 } uri
            ? new BlobServiceClient(new Uri(uri), components.CreateTokenCredential(storage))
            : new BlobServiceClient(storage.Value);

    private BlobClient Blob(string timerName) => _container.GetBlobClient($"timers/{app.Name}/{timerName}/status");
}
