using CertFunctions.Core;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Docs;

/// <summary>A file of the page at <c>/api/docs</c>.</summary>
public sealed class GetApiDocsAsset
{
    [Function(nameof(GetApiDocsAsset)), OpenToAnyone]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/docs/assets/{file}")] HttpRequest request, string file)
    {
        var input = HttpInput.Of(request);
        var name = input.Id(file);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var type = name.Value.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
        return Embedded.Open($"assets/{name}") is { } content
            ? Results.Stream(content, type)
            : Problem.Of(Rejection.NotFound(ErrorCode.AssetNotFound, "The page has no file of this name."));
    }
}
