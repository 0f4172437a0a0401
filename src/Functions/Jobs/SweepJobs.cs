using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

/// <summary>Once a minute, sends again what makes no progress, and measures the queues where anybody wants to know.</summary>
public sealed class SweepJobs(SweepService sweeper, QueueProbe queues, JobLog log)
{
    [Function(nameof(SweepJobs))]
    public async Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (var swept in await sweeper.SweepAsync(cancellationToken))
        {
            log.Note(swept);
        }

        if (AppMetrics.QueueAge.Enabled)
        {
            await MeasureAsync(cancellationToken);
        }
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        foreach (var (queue, age) in await queues.ReadAgesAsync(cancellationToken))
        {
            AppMetrics.QueueAge.Record(age.TotalSeconds, AppMetrics.Tag("queue", queue));
        }

        foreach (var (queue, messages) in await queues.ReadPoisonAsync(cancellationToken))
        {
            AppMetrics.PoisonMessages.Record(messages, AppMetrics.Tag("queue", queue));
        }
    }
}
