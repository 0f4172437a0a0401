using CertFunctions.Functions.Http;
using CertFunctions.Functions.Http.Answers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CertFunctions.Functions.Storage;

/// <summary>
/// Keeps every function from a store of another version. What is open to anyone works without the store, and readiness tells of its version
/// itself.
/// </summary>
internal sealed class SchemaFirst(StoreSchema schema, TimeProvider time) : IFunctionsWorkerMiddleware
{
    /// <summary>A message is tried ten times: with this they last until somebody has taken the wrong app back.</summary>
    private static readonly TimeSpan HeldBack = TimeSpan.FromMinutes(1);

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (!context.FunctionDefinition.IsOpenToAnyone())
        {
            await RequireAsync(context);
        }

        await next(context);
    }

    private async Task RequireAsync(FunctionContext context)
    {
        try
        {
            await schema.RequireAsync(Deadline.TokenOf(context));
        }
        catch (SchemaMismatchException) when (context.GetHttpContext() is null)
        {
            await Task.Delay(HeldBack, time, context.CancellationToken);
            throw;
        }
    }
}
