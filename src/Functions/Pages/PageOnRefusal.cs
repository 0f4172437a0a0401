using CertFunctions.Functions.Http;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CertFunctions.Functions.Pages;

/// <summary>Shows people why they are refused; whoever may read nothing but their own is taken there.</summary>
internal sealed class PageOnRefusal : IFunctionsWorkerMiddleware
{
    private const string Own = "/me";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await next(context);
        if (context.GetHttpContext() is { } http && context.FunctionDefinition.IsForBrowsers() && context.GetInvocationResult().Value is Problem problem)
        {
            context.GetInvocationResult().Value = AnswerTo(problem, http);
        }
    }

    private static IResult AnswerTo(Problem problem, HttpContext http) =>
        problem.Status == StatusCodes.Status403Forbidden && HttpMethods.IsGet(http.Request.Method) && http.Features.Get<Caller>() is { Role: CallerRole.Learner }
            ? new SeeOther(Own)
            : new RefusalAnswer(problem);

    private sealed class RefusalAnswer(Problem problem) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => problem.Status;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            problem.WriteHeaders(httpContext.Response);
            return PageAnswer.Of<RefusalView, Refusal>(Refusal.Of(problem, httpContext.Request), problem.Status).ExecuteAsync(httpContext);
        }
    }
}
