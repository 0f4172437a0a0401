using CertFunctions.Core.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Jobs;

/// <summary>Once a minute, sends again what makes no progress.</summary>
public sealed partial class SweepJobs(SweepService sweeper, ILogger<SweepJobs> logger)
{
    [Function(nameof(SweepJobs))]
    public async Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (var jobId in await sweeper.SweepAsync(cancellationToken))
        {
            SentAgain(jobId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} made no progress: its messages were sent again")]
    private partial void SentAgain(JobId jobId);
}
