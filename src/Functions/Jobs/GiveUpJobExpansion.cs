using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Jobs;

/// <summary>A selection that cannot be resolved fails its job, before anyone is awarded.</summary>
public sealed partial class GiveUpJobExpansion(ExpansionService expansions, ILogger<GiveUpJobExpansion> logger)
{
    [Function(nameof(GiveUpJobExpansion))]
    public async Task Run(
        [QueueTrigger(StorageNames.Queues.JobExpansionsPoison, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken)
    {
        if (!JobMessage.TryParse(message, out var jobId, out _))
        {
            NotOurs(MessageExcerpt.Of(message));
            return;
        }

        GivenUp(jobId);
        await expansions.GiveUpAsync(jobId, "The selection could not be resolved; the log says why.", cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} is given up: its selection cannot be resolved")]
    private partial void GivenUp(JobId jobId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message that names no job of ours is dropped: {Message}")]
    private partial void NotOurs(string message);
}
