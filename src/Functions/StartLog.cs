using CertFunctions.Functions.Http;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions;

internal static partial class StartLog
{
    public static void Warn(ILoggerFactory loggers, Doorkeeper doorkeeper)
    {
        if (doorkeeper.EveryoneIsLocalDeveloper)
        {
            NobodySignsIn(loggers.CreateLogger("CertFunctions"));
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "NOBODY HAS TO SIGN IN: Auth__Authority is not set, so every caller is the Superadmin 'local-developer'. For development only.")]
    private static partial void NobodySignsIn(ILogger logger);
}
