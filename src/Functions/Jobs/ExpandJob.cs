using CertFunctions.Core.Awarding;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

public sealed class ExpandJob(ExpansionService expansions, JobTroubles troubles)
{
    [Function(nameof(ExpandJob))]
    public Task Run(
        [QueueTrigger(StorageNames.Queues.JobExpansions, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken)
    {
        var (jobId, _) = JobMessage.Parse(message);
        return troubles.WatchAsync(jobId, () => expansions.ExpandAsync(jobId, cancellationToken), cancellationToken);
    }
}
