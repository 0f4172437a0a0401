using CertFunctions.LocalHost.Triggers;
using CertFunctions.LocalHost.Worker;

namespace CertFunctions.LocalHost.Http;

/// <summary><c>POST /admin/functions/{name}</c> runs a timer function now, without waiting for its end.</summary>
internal sealed class AdminApi(IReadOnlyList<Function> functions, TriggerInvoker invoker)
{
    public void Map(WebApplication web) =>
        web.Map("/admin", branch => branch.Run(RunAsync));

    private Task RunAsync(HttpContext context)
    {
        var path = context.Request.Path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries);
        context.Response.StatusCode = HttpMethods.IsPost(context.Request.Method) && path is ["functions", var name]
            ? Start(name)
            : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private int Start(string name)
    {
        var function = functions.FirstOrDefault(function => string.Equals(function.Name, name, StringComparison.OrdinalIgnoreCase));
        if (function is null)
            return StatusCodes.Status404NotFound;
        if (!TimerFunctions.IsTimer(function))
            return StatusCodes.Status400BadRequest;
        _ = invoker.RunNowAsync(function.Name, TimerFunctions.NowJson());
        return StatusCodes.Status202Accepted;
    }
}
