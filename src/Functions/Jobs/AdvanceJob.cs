using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

/// <summary>Takes the next step of a job: finds out what there is to do, or finishes what its runs have done.</summary>
public sealed class AdvanceJob(JobStepService steps, JobTroubles troubles)
{
    [Function(nameof(AdvanceJob))]
    public Task Run(
        [QueueTrigger(StorageNames.Queues.JobSteps, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken)
    {
        var (jobId, _) = JobMessage.Parse(message);
        return troubles.WatchAsync(jobId, () => steps.AdvanceAsync(jobId, cancellationToken), cancellationToken);
    }
}
