using CertFunctions.Core.Ingestion;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Ingestion;

/// <summary>Reads the file of a job, or writes the report on it: whatever comes next.</summary>
public sealed class AdvanceImport(ImportSteps steps, JobTroubles troubles)
{
    [Function(nameof(AdvanceImport))]
    public Task Run(
        [QueueTrigger(StorageNames.Queues.JobImports, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken)
    {
        var (jobId, _) = JobMessage.Parse(message);
        return troubles.WatchAsync(jobId, () => steps.AdvanceAsync(jobId, cancellationToken), cancellationToken);
    }
}
