using CertFunctions.Functions.Storage.Traffic;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CertFunctions.Functions.Jobs;

/// <summary>Tells the storage clients which function their requests are for, see <see cref="LargeJobTraffic"/>.</summary>
internal sealed class LargeJobsLast(LargeJobTraffic traffic) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        using var other = Begin(context.FunctionDefinition.Name);
        await next(context);
    }

    /// <returns>To be disposed of where the function ends; null: nothing.</returns>
    internal IDisposable? Begin(string function)
    {
        if (function == nameof(ProcessJobRun))
        {
            traffic.BeginLargeJob();
            return null;
        }

        return traffic.BeginOther(isSmallRun: function == nameof(ProcessSmallJobRun));
    }
}
