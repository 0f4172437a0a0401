using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Jobs;

/// <summary>Lets a job say why it waits: its message failed and comes again.</summary>
public sealed partial class JobTroubles(JobProgress progress, ILogger<JobTroubles> logger)
{
    /// <summary>Noting must not make a message hang whose storage does.</summary>
    private static readonly TimeSpan TimeToNote = TimeSpan.FromSeconds(5);

    /// <summary>What is thrown goes on to the host, which delivers the message again.</summary>
    public async Task WatchAsync(JobId jobId, Func<Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            await NoteAsync(jobId, e);
            throw;
        }
    }

    private async Task NoteAsync(JobId jobId, Exception trouble)
    {
        var (code, detail) = StorageFault.IsTrouble(trouble)
            ? (ErrorCode.StorageUnavailable, "The storage did not answer; what is left is tried again.")
            : (ErrorCode.ProcessingFailed, "A step failed and is tried again; the log says why.");
        using var deadline = new CancellationTokenSource(TimeToNote);
        try
        {
            await progress.NoteTroubleAsync(jobId, code, detail, deadline.Token);
        }
        catch (Exception e)
        {
            NotNoted(jobId, code, e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} waits ({Code}), which could not be noted: {Exception}")]
    private partial void NotNoted(JobId jobId, string code, string exception);
}
