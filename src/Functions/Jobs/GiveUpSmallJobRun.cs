using CertFunctions.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

/// <summary>Gives a run of a small job up.</summary>
public sealed class GiveUpSmallJobRun(JobRunMessages messages)
{
    [Function(nameof(GiveUpSmallJobRun))]
    public Task Run(
        [QueueTrigger(StorageNames.Queues.SmallJobRunsPoison, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken) => messages.GiveUpAsync(StorageNames.Queues.SmallJobRuns, message, cancellationToken);
}
