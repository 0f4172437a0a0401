using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CertFunctions.Functions.Http.Answers;

/// <summary>No answer of ours may be kept by a cache.</summary>
internal sealed class NoStore : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
        {
            http.Response.Headers.CacheControl = "no-store";
        }

        return next(context);
    }
}
