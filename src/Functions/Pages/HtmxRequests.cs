using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Pages;

/// <summary>What htmx says of a request, and is told (https://htmx.org/reference/#headers).</summary>
internal static class HtmxRequests
{
    public const string Header = "HX-Request";

    /// <summary>One that restores what the browser's history has lost wants the whole page.</summary>
    public static bool IsForFragment(HttpRequest request) =>
        request.Headers[Header] is ["true"] && request.Headers["HX-History-Restore-Request"] is not ["true"];

    /// <summary>Goes to another page when a form is done. A browser would follow a redirect of htmx's own request without showing where it is.</summary>
    public static IResult GoTo(HttpRequest request, string path)
    {
        if (!IsForFragment(request))
        {
            return new SeeOther(path);
        }

        request.HttpContext.Response.Headers["HX-Redirect"] = AsItStands(request, path);
        return Results.Ok();
    }

    /// <summary>The page on which the dialog was opened, with its filters.</summary>
    private static string AsItStands(HttpRequest request, string path) =>
        Uri.TryCreate(request.Headers["HX-Current-URL"], UriKind.Absolute, out var open) && open.AbsolutePath == path ? open.PathAndQuery : path;
}
