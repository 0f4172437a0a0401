using System.Net;
using CertFunctions.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Docs;

/// <summary>The page that the <c>type</c> of every problem points to.</summary>
public sealed class GetErrorCodes
{
    private static readonly string Page = Render();

    [Function(nameof(GetErrorCodes)), OpenToAnyone]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/docs/errors")] HttpRequest request) =>
        HttpInput.Of(request).Refused(out var problem) ? problem : Results.Content(Page, "text/html; charset=utf-8");

    private static string Render()
    {
        var rows = ErrorCodes.All.Select(error =>
            $"<tr id=\"{error.Code}\"><td><a href=\"#{error.Code}\"><code>{error.Code}</code></a></td><td>{error.Status}</td><td>{WebUtility.HtmlEncode(error.Meaning)}</td></tr>");
        return $$"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Error codes</title>
            <style>body{font:16px/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}td,th{text-align:left;vertical-align:top;padding:.3rem 1rem .3rem 0}tr:target{background:#ffd}</style></head>
            <body><h1>Error codes</h1>
            <p>Errors are <code>application/problem+json</code>. Branch on <code>code</code>: it is stable; <code>title</code> and <code>detail</code> are for people.</p>
            <table><thead><tr><th>code</th><th>status</th><th>meaning</th></tr></thead>
            <tbody>
            {{string.Join('\n', rows)}}
            </tbody></table></body></html>
            """;
    }
}
