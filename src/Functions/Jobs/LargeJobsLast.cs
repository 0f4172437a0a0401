using CertFunctions.Functions.Storage.Traffic;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CertFunctions.Functions.Jobs;

/// <summary>Tells the storage clients which function their requests are for, see <see cref="LargeJobTraffic"/>.</summary>
internal sealed class LargeJobsLast(LargeJobTraffic traffic) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.FunctionDefinition.Name == nameof(ProcessJobRun))
        {
            traffic.BeginLargeJob();
            await next(context);
            return;
        }

        using var other = traffic.BeginOther(isSmallRun: context.FunctionDefinition.Name == nameof(ProcessSmallJobRun));
        await next(context);
    }
}
