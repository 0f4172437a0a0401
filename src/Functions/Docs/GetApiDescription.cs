using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Docs;

/// <summary>OpenAPI 3.1. The document is written by hand; tests hold it against the functions, their answers and their codes.</summary>
public sealed class GetApiDescription
{
    [Function(nameof(GetApiDescription)), OpenToAnyone]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/openapi.json")] HttpRequest request) =>
        HttpInput.Of(request).Refused(out var problem) ? problem : Results.Stream(Embedded.Open("openapi.json")!, "application/json; charset=utf-8");
}
