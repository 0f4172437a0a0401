using CertFunctions.Core.Audit;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Audit;

/// <summary>Once a minute, records what a crash left between a change and its entry.</summary>
public sealed class SweepAudit(IAuditSweep sweep)
{
    [Function(nameof(SweepAudit))]
    public Task Run([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => sweep.RunAsync(cancellationToken);
}
