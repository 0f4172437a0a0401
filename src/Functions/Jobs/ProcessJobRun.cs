using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using CertFunctions.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

public sealed class ProcessJobRun(JobRunService runs, JobTroubles troubles)
{
    [Function(nameof(ProcessJobRun))]
    public async Task Run(
        [QueueTrigger(StorageNames.Queues.JobRuns, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken)
    {
        using var activity = Tracing.Receive(nameof(ProcessJobRun), message);
        var (jobId, run) = JobMessage.Parse(message);
        activity?.SetTag("certfunctions.job", jobId.Value);
        await troubles.WatchAsync(jobId, () => runs.ProcessAsync(jobId, run, cancellationToken), cancellationToken);
    }
}
