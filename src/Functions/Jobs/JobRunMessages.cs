using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using CertFunctions.Functions.Telemetry;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Jobs;

/// <summary>Does what a message about a run asks for, from whichever queue it comes.</summary>
public sealed partial class JobRunMessages(JobRunService runs, JobTroubles troubles, NewerMessages newer, ILogger<JobRunMessages> logger)
{
    /// <param name="function">Which function has been given the message.</param>
    public async Task ProcessAsync(string function, string message, CancellationToken cancellationToken)
    {
        using var activity = Tracing.Receive(function, message);
        var (jobId, run) = JobMessage.Parse(message);
        activity?.SetTag("certfunctions.job", jobId.Value);
        await troubles.WatchAsync(jobId, () => runs.ProcessAsync(jobId, run, cancellationToken), cancellationToken);
    }

    /// <summary>A run that failed again and again ends with a reason that the superadmin sees, instead of lying in a queue unseen.</summary>
    /// <param name="queue">Where the message was before it was given up.</param>
    public async Task GiveUpAsync(string queue, string message, CancellationToken cancellationToken)
    {
        if (await newer.TryReturnAsync(queue, message, JobMessage.CurrentVersion, cancellationToken))
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
