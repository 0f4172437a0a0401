using CertFunctions.Core.Directory;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Directory;

/// <summary>Once a minute, finishes what changes of users still have to bring about where a crash cut them short.</summary>
public sealed partial class RepairUsers(UserService users, ILogger<RepairUsers> logger)
{
    [Function(nameof(RepairUsers))]
    public async Task Run([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var repaired = await users.RepairAsync(cancellationToken);
        if (repaired > 0)
        {
            Repaired(repaired);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} changes of users that were cut short are finished")]
    private partial void Repaired(int count);
}
