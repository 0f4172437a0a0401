using CertFunctions.Functions.Http.Callers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions;

internal static partial class StartLog
{
    /// <exception cref="StartException">A setting has a wrong value.</exception>
    public static void Write(ILogger logger, IConfiguration settings)
    {
        var inForce = OwnSettings.InForce(settings);
        InForce(logger, inForce);
        foreach (var name in OwnSettings.Unknown(settings))
        {
            UnknownSetting(logger, name);
        }

        if (AuthSettings.Of(settings).Authority is null)
        {
            NobodySignsIn(logger);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Settings in force: {Settings}")]
    private static partial void InForce(ILogger logger, string settings);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The setting {Name} is not known and changes nothing: is it misspelt?")]
    private static partial void UnknownSetting(ILogger logger, string name);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "NOBODY HAS TO SIGN IN: Auth__Authority is not set, so every caller is the Superadmin 'local-developer'. For development only.")]
    private static partial void NobodySignsIn(ILogger logger);
}
