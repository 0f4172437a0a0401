using CertFunctions.Functions.Http.Answers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>Lets known callers in, and everyone where a function is open to anyone or asks for a proof of its own.</summary>
internal sealed class LetIn(Doorkeeper doorkeeper) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http || context.FunctionDefinition.AsksForOwnProof())
        {
            return next(context);
        }

        var caller = doorkeeper.Identify(http);
        caller?.Enter(http);
        if (caller is not null || context.FunctionDefinition.IsOpenToAnyone())
        {
            return next(context);
        }

        context.GetInvocationResult().Value = Problem.Unauthenticated();
        return Task.CompletedTask;
    }
}
