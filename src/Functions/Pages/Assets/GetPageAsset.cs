using CertFunctions.Core;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages;

/// <summary>A file that pages load. It holds nothing of anybody's.</summary>
public sealed class GetPageAsset
{
    [Function(nameof(GetPageAsset)), OpenToAnyone, ForBrowsers]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "assets/{file}")] HttpRequest request, string file)
    {
        var input = HttpInput.Of(request);
        var name = input.Id(file);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return PageAssets.Find(name.Value) is { } asset
            ? new AssetAnswer(asset)
            : Problem.Of(Rejection.NotFound(ErrorCode.AssetNotFound, "The pages have no file of this name."));
    }

    private sealed class AssetAnswer(PageAsset asset) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusCodes.Status200OK;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = asset.ContentType;
            httpContext.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            httpContext.Response.Headers.Vary = "Accept-Encoding";
            return CompressedAnswer.WriteAsync(httpContext, asset.Content);
        }
    }
}
