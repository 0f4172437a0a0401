using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;

namespace CertFunctions.LocalHost.Triggers;

/// <summary>Remembers in a blob when each timer ran, so that one missed while the host was down runs at its start.</summary>
internal sealed class BlobScheduleMonitor(string connectionString, string appName) : ScheduleMonitor
{
    private readonly BlobContainerClient _container = new(connectionString, "azure-webjobs-hosts");

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

    private BlobClient Blob(string timerName) => _container.GetBlobClient($"timers/{appName}/{timerName}/status");
}
