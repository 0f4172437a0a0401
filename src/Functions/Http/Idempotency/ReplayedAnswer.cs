using CertFunctions.Functions.Http.Answers;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Http.Idempotency;

/// <summary>An answer that was given before, given again.</summary>
internal sealed class ReplayedAnswer(Answer first) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => first.Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers["Idempotent-Replayed"] = "true";
        return first.ExecuteAsync(httpContext);
    }
}
