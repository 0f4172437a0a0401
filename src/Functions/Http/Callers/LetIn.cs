using CertFunctions.Functions.Http.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>Lets in whoever may call a function: it says itself what that takes, and one that says nothing is called by nobody.</summary>
internal sealed class LetIn(Doorkeeper doorkeeper, SameOrigin sameOrigin, WriteLimit writes) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var function = context.FunctionDefinition;
        if (context.GetHttpContext() is not { } http || function.IsOpenToAnyone() || function.AsksForOwnProof())
        {
            await next(context);
            return;
        }

        var needed = function.NeededRole()
            ?? throw new InvalidOperationException($"{function.Name} declares no role that its callers need.");
        if (await RefusalOfAsync(http, needed, function.IsForBrowsers(), Deadline.TokenOf(context)) is { } refusal)
        {
            context.GetInvocationResult().Value = refusal;
            return;
        }

        await next(context);
    }

    private async Task<Problem?> RefusalOfAsync(HttpContext http, CallerRole needed, bool isForBrowsers, CancellationToken cancellationToken)
    {
        var identified = await doorkeeper.IdentifyAsync(http.Request.Headers, cancellationToken);
        if (identified.Caller is not { } caller)
        {
            return identified.Refusal;
        }

        // Also of one who is refused: the page that says so says to whom.
        caller.Enter(http);
        if (caller.Role < needed)
        {
            return Problem.Forbidden($"The call needs the role {needed}.");
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            if ((identified.ByCookie || isForBrowsers) && !sameOrigin.Sent(http.Request))
            {
                return Problem.Forbidden("A call that a browser signs in must come from a page of this app.");
            }

            if (writes.Take(caller) is { } wait)
            {
                return Problem.TooManyRequests(wait);
            }
        }

        return null;
    }
}
