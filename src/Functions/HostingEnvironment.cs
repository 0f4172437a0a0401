using Microsoft.Extensions.Configuration;

namespace CertFunctions.Functions;

internal static class HostingEnvironment
{
    /// <summary>Production unless the setting says Development: forgetting it must not open the door.</summary>
    public static bool IsDevelopment(IConfiguration settings) =>
        string.Equals(settings["AZURE_FUNCTIONS_ENVIRONMENT"], "Development", StringComparison.OrdinalIgnoreCase);
}
