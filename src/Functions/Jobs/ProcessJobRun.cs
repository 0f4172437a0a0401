using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

public sealed class ProcessJobRun(JobRunService runs, JobTroubles troubles)
{
    [Function(nameof(ProcessJobRun))]
    public Task Run(
        [QueueTrigger(StorageNames.Queues.JobRuns, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken)
    {
        var (jobId, run) = JobMessage.Parse(message);
        return troubles.WatchAsync(jobId, () => runs.ProcessAsync(jobId, run, cancellationToken), cancellationToken);
    }
}
