using CertFunctions.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CertFunctions.Functions.Http.Answers;

/// <summary>Gives each HTTP function its <see cref="Deadline"/>. What a queue or a timer triggers takes as long as it takes.</summary>
internal sealed class AnswerInTime(TimeProvider time) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        var patience = context.FunctionDefinition.AnswersSoon() ? Limits.TimeToAnswerSoon : Limits.TimeToAnswer;
        var deadline = new Deadline(patience, time, context.CancellationToken);

        // Later than this method's end: a streamed answer goes on with the same token.
        http.Response.RegisterForDispose(deadline);
        http.Features.Set(deadline);
        context.Features.Set(deadline);
        await next(context);
        deadline.End();
    }
}
