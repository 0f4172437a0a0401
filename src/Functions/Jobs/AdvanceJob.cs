using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using CertFunctions.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

/// <summary>Takes the next step of a job: finds out what there is to do, or finishes what its runs have done.</summary>
public sealed class AdvanceJob(JobStepService steps, JobTroubles troubles)
{
    [Function(nameof(AdvanceJob))]
    public async Task Run(
        [QueueTrigger(StorageNames.Queues.JobSteps, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken)
    {
        using var activity = Tracing.Receive(nameof(AdvanceJob), message);
        var (jobId, _) = JobMessage.Parse(message);
        activity?.SetTag("certfunctions.job", jobId.Value);
        await troubles.WatchAsync(jobId, () => steps.AdvanceAsync(jobId, cancellationToken), cancellationToken);
    }
}
