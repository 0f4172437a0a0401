using CertFunctions.Functions.Http;
using CertFunctions.Functions.Http.Answers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CertFunctions.Functions.Storage;

/// <summary>On a developer's machine: makes tables, queues and containers before the first function needs them.</summary>
internal sealed class StorageFirst(LocalStorage storage) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.FunctionDefinition.NeedsStorage())
        {
            await storage.EnsureAsync(Deadline.TokenOf(context));
        }

        await next(context);
    }
}
