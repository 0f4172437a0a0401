using CertFunctions.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

/// <summary>Processes a run of a large job.</summary>
public sealed class ProcessJobRun(JobRunMessages messages)
{
    [Function(nameof(ProcessJobRun))]
    public Task Run(
        [QueueTrigger(StorageNames.Queues.JobRuns, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken) => messages.ProcessAsync(nameof(ProcessJobRun), message, cancellationToken);
}
