using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace CertFunctions.TestWorlds.Http;

/// <summary>Real HTTP servers that stand in for what the app talks to, each on a free port of this machine.</summary>
public static class LoopbackServer
{
    /// <returns>Without routes, and not started.</returns>
    public static WebApplication Create()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder.Build();
    }
}
