using Azure.Storage.Blobs;
using CertFunctions.Core.Ingestion;
using CertFunctions.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Ingestion;

/// <summary>
/// Takes in a dropped file, found by polling: the only way on the emulator. Where Event Grid reports files, this one is switched off by
/// <c>AzureWebJobs.IngestFile.Disabled</c>.
/// </summary>
public sealed class IngestFile(ImportService imports, IngestionLog log)
{
    [Function(nameof(IngestFile))]
    public async Task Run(
        [BlobTrigger(StorageNames.Containers.Imports + "/{name}", Connection = StorageNames.Connection)] BlobClient blob,
        CancellationToken cancellationToken) =>
        log.Note(blob.Name, await imports.IngestAsync(blob.Name, cancellationToken));
}
