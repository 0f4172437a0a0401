using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Http.Answers;

/// <summary>
/// Turns what an HTTP function throws into an answer: the worker would send 200 without a body. Other functions' exceptions are the
/// host's, which retries.
/// </summary>
internal sealed partial class ProblemOnFailure(ILogger<ProblemOnFailure> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            context.GetInvocationResult().Value = AnswerTo(e, http, context.FunctionDefinition.Name);
        }
    }

    private IResult AnswerTo(Exception exception, HttpContext http, string function)
    {
        if (http.RequestAborted.IsCancellationRequested)
        {
            return Results.Empty;
        }

        if (exception is SchemaMismatchException mismatch)
        {
            Mismatched(function, mismatch.Message);
            return Problem.StorageUnavailable(mismatch.Message);
        }

        if (StorageFault.IsTrouble(exception))
        {
            StorageFailed(exception, function);
            return Problem.StorageUnavailable();
        }

        Failed(exception, function);
        return Problem.InternalError();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} was not run. {Reason}")]
    private partial void Mismatched(string function, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Function} could not reach the storage")]
    private partial void StorageFailed(Exception exception, string function);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed")]
    private partial void Failed(Exception exception, string function);
}
