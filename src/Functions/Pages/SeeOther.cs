using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Pages;

/// <summary>Another page is to be read instead (RFC 9110, 15.4.4): reading it again repeats nothing.</summary>
internal sealed class SeeOther(string path) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status303SeeOther;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
