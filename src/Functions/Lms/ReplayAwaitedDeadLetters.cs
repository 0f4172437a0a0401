using CertFunctions.Core.Lms;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Lms;

/// <summary>Once a minute, replays the dead letters of late whose user exists by now and was not announced.</summary>
public sealed partial class ReplayAwaitedDeadLetters(DeadLetterService letters, ILogger<ReplayAwaitedDeadLetters> logger)
{
    [Function(nameof(ReplayAwaitedDeadLetters))]
    public async Task Run([TimerTrigger("45 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var applied = await letters.ReleaseRecentAsync(cancellationToken);
        if (applied > 0)
        {
            Applied(applied);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} dead letters whose users have appeared are applied")]
    private partial void Applied(int count);
}
