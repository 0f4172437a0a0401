using CertFunctions.Core.Jobs;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

/// <summary>Once a minute, sends again what makes no progress.</summary>
public sealed class SweepJobs(SweepService sweeper, JobLog log)
{
    [Function(nameof(SweepJobs))]
    public async Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (var swept in await sweeper.SweepAsync(cancellationToken))
        {
            log.Note(swept);
        }
    }
}
