using CertFunctions.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

/// <summary>Processes a run of a small job, however many runs of large ones wait.</summary>
public sealed class ProcessSmallJobRun(JobRunMessages messages)
{
    [Function(nameof(ProcessSmallJobRun))]
    public Task Run(
        [QueueTrigger(StorageNames.Queues.SmallJobRuns, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken) => messages.ProcessAsync(nameof(ProcessSmallJobRun), message, cancellationToken);
}
