using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Docs;

/// <summary>The API's description as a page on which calls can be tried: Swagger UI, served from here.</summary>
public sealed class GetApiDocs
{
    private const string Page = """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>CertFunctions API</title>
        <link rel="icon" href="data:,"><link rel="stylesheet" href="/api/docs/assets/swagger-ui.css"></head>
        <body><div id="api"></div>
        <script src="/api/docs/assets/swagger-ui-bundle.js"></script><script src="/api/docs/assets/start.js"></script>
        </body></html>
        """;

    [Function(nameof(GetApiDocs)), OpenToAnyone]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/docs")] HttpRequest request) =>
        HttpInput.Of(request).Refused(out var problem) ? problem : new HtmlPage(Page);
}
