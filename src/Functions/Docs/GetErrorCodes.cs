using System.Net;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Docs;

/// <summary>The page that the <c>type</c> of every problem points to.</summary>
public sealed class GetErrorCodes
{
    private static readonly string Page = Render();

    [Function(nameof(GetErrorCodes)), OpenToAnyone]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/docs/errors")] HttpRequest request) =>
        HttpInput.Of(request).Refused(out var problem) ? problem : new HtmlPage(Page);

    /// <summary>A code has its own name as anchor where it comes first, and one with the section's name in a later section.</summary>
    private static string Render()
    {
        var anchors = new HashSet<string>();
        return $$"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Error codes</title>
            <style>body{font:16px/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}td,th{text-align:left;vertical-align:top;padding:.3rem 1rem .3rem 0}tr:target{background:#ffd}</style></head>
            <body><h1>Error codes</h1>
            <p>Branch on <code>code</code>: it is stable; what stands beside it is for people.</p>
            <h2 id="answers">Answers</h2>
            <p>Errors are <code>application/problem+json</code> with a member <code>code</code>. Dead letters have the same codes.</p>
            {{Table("answers", "status", DocumentedCodes.OfAnswers, anchors)}}
            <h2 id="results">Results and rows of reports</h2>
            <p>Why a job did nothing for a user or for a row of a file: <code>code</code> in the job's results, <code>error_code</code> in the report.</p>
            {{Table("results", "outcome", DocumentedCodes.OfResults, anchors)}}
            <h2 id="jobs">Jobs</h2>
            <p>Why a job failed as a whole: <code>error.code</code> of the job.</p>
            {{Table("jobs", "kind", DocumentedCodes.OfJobs, anchors)}}
            </body></html>
            """;
    }

    private static string Table(string section, string with, IReadOnlyList<DocumentedCode> codes, HashSet<string> anchors)
    {
        var rows = codes.Select(error =>
        {
            var anchor = anchors.Add(error.Code) ? error.Code : $"{section}.{error.Code}";
            return $"<tr id=\"{anchor}\"><td><a href=\"#{anchor}\"><code>{error.Code}</code></a></td><td>{error.With}</td><td>{WebUtility.HtmlEncode(error.Meaning)}</td></tr>";
        });
        return $"""
            <table><thead><tr><th>code</th><th>{with}</th><th>meaning</th></tr></thead>
            <tbody>
            {string.Join('\n', rows)}
            </tbody></table>
            """;
    }
}
