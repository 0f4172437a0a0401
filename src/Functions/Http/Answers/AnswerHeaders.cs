using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CertFunctions.Functions.Http.Answers;

/// <summary>What every answer carries: no cache keeps it, and a browser neither guesses its type, runs it, frames it, nor tells others of it.</summary>
internal sealed class AnswerHeaders : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
        {
            var headers = http.Response.Headers;
            headers.CacheControl = "no-store";
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            // Browsers take no notice of it where it comes by http (RFC 6797, 8.1).
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        return next(context);
    }
}
