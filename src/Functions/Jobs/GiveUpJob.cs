using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Jobs;

/// <summary>A step that failed again and again fails its job with a reason that the superadmin sees.</summary>
public sealed partial class GiveUpJob(JobStepService steps, NewerMessages newer, ILogger<GiveUpJob> logger)
{
    [Function(nameof(GiveUpJob))]
    public async Task Run(
        [QueueTrigger(StorageNames.Queues.JobStepsPoison, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken)
    {
        if (await newer.TryReturnAsync(StorageNames.Queues.JobSteps, message, JobMessage.CurrentVersion, cancellationToken))
        {
            return;
        }

        if (!JobMessage.TryParse(message, out var jobId, out _))
        {
            NotOurs(LogText.Of(message));
            return;
        }

        GivenUp(jobId);
        await steps.GiveUpAsync(jobId, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} is given up: its next step fails again and again")]
    private partial void GivenUp(JobId jobId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message that names no job of ours is dropped: {Message}")]
    private partial void NotOurs(string message);
}
