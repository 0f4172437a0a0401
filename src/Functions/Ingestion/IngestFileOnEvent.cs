using Azure.Storage.Blobs;
using CertFunctions.Core.Ingestion;
using CertFunctions.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Ingestion;

/// <summary>
/// Takes in a dropped file that Event Grid reports: at once, and the only way on the Flex Consumption plan. Where files are found by
/// polling, this one is switched off by <c>AzureWebJobs.IngestFileOnEvent.Disabled</c>.
/// </summary>
public sealed class IngestFileOnEvent(ImportService imports, IngestionLog log)
{
    [Function(nameof(IngestFileOnEvent))]
    public async Task Run(
        [BlobTrigger(StorageNames.Containers.Imports + "/{name}", Source = BlobTriggerSource.EventGrid, Connection = StorageNames.Connection)] BlobClient blob,
        CancellationToken cancellationToken) =>
        log.Note(blob.Name, await imports.IngestAsync(blob.Name, cancellationToken));
}
