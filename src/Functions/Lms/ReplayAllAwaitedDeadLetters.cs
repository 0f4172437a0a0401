using CertFunctions.Core.Lms;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Lms;

/// <summary>Once an hour, replays all dead letters whose user exists by now and was not announced.</summary>
public sealed partial class ReplayAllAwaitedDeadLetters(DeadLetterService letters, ILogger<ReplayAllAwaitedDeadLetters> logger)
{
    [Function(nameof(ReplayAllAwaitedDeadLetters))]
    public async Task Run([TimerTrigger("15 7 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var applied = await letters.ReleaseAllAsync(cancellationToken);
        if (applied > 0)
        {
            Applied(applied);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} dead letters whose users had appeared unheard are applied")]
    private partial void Applied(int count);
}
