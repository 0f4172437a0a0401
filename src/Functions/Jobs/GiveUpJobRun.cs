using CertFunctions.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

/// <summary>Gives a run of a large job up.</summary>
public sealed class GiveUpJobRun(JobRunMessages messages)
{
    [Function(nameof(GiveUpJobRun))]
    public Task Run(
        [QueueTrigger(StorageNames.Queues.JobRunsPoison, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken) => messages.GiveUpAsync(StorageNames.Queues.JobRuns, message, cancellationToken);
}
