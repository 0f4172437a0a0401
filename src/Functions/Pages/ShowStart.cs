using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages;

/// <summary>The address that people remember.</summary>
public sealed class ShowStart
{
    /// <summary>Nothing: the host takes an empty route for none, and the worker cannot take a slash.</summary>
    private const string Root = "{nothing:maxlength(0)?}";

    [Function(nameof(ShowStart)), Needs(CallerRole.Auditor), ForBrowsers]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Root)] HttpRequest request) =>
        HttpInput.OfPage(request).Refused(out var problem) ? problem : new SeeOther("/certifications");
}
