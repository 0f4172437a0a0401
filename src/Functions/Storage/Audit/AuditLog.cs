using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Storage.Audit;

internal sealed partial class AuditLog(ILogger<AuditLog> logger)
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Entry {Id} of the audit is stored with its change, but not recorded yet ({Why}); the sweep goes on with it.")]
    public partial void LeftToSweep(string id, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The sweep recorded {Count} entries of the audit that were cut short.")]
    public partial void Swept(int count);
}
