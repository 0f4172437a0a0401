using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Http.Answers;

/// <summary>A page for people. It may style itself, run scripts that this app serves, and ask this app; nothing else.</summary>
internal sealed class HtmlPage(string html) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return Results.Content(html, "text/html; charset=utf-8").ExecuteAsync(httpContext);
    }
}
