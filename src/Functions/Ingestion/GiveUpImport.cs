using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Ingestion;

/// <summary>A file that cannot be read, or reported on, again and again fails its job with a reason that the superadmin sees.</summary>
public sealed partial class GiveUpImport(ImportSteps steps, ILogger<GiveUpImport> logger)
{
    [Function(nameof(GiveUpImport))]
    public async Task Run(
        [QueueTrigger(StorageNames.Queues.JobImportsPoison, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken)
    {
        if (!JobMessage.TryParse(message, out var jobId, out _))
        {
            NotOurs(MessageExcerpt.Of(message));
            return;
        }

        GivenUp(jobId);
        await steps.GiveUpAsync(jobId, "The file could not be read or reported on; the log says why. It lies in the archive.", cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} is given up: its file cannot be read or reported on")]
    private partial void GivenUp(JobId jobId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message that names no import of ours is dropped: {Message}")]
    private partial void NotOurs(string message);
}
