using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Jobs;

/// <summary>A run that failed again and again ends with a reason that the superadmin sees, instead of lying in a queue unseen.</summary>
public sealed partial class GiveUpJobRun(JobRunService runs, NewerMessages newer, ILogger<GiveUpJobRun> logger)
{
    [Function(nameof(GiveUpJobRun))]
    public async Task Run(
        [QueueTrigger(StorageNames.Queues.JobRunsPoison, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken)
    {
        if (await newer.TryReturnAsync(StorageNames.Queues.JobRuns, message, JobMessage.CurrentVersion, cancellationToken))
        {
            return;
        }

        if (!JobMessage.TryParse(message, out var jobId, out var run) || !await runs.ExistsAsync(jobId, run, cancellationToken))
        {
            NotOurs(LogText.Of(message));
            return;
        }

        GivenUp(run, jobId);
        await runs.GiveUpAsync(jobId, run, "The run failed again and again; the log says why.", cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {Run} of job {JobId} is given up: its unfinished users count as failed")]
    private partial void GivenUp(int run, JobId jobId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message that names no run of ours is dropped: {Message}")]
    private partial void NotOurs(string message);
}
