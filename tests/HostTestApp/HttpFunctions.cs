using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.HostTestApp;

public static class HttpFunctions
{
    [Function("Hello")]
    public static IResult Hello([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hello/{name}")] HttpRequest request, string name) =>
        Results.Text($"Hello {name}{request.QueryString}");

    /// <summary>Sorts after Hello, which therefore wins where both match.</summary>
    [Function("HelloYou")]
    public static IResult HelloYou([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hello/you")] HttpRequest request) =>
        Results.Text("never seen");

    [Function("Throw")]
    public static IResult Throw([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throw")] HttpRequest request) =>
        throw new InvalidOperationException("On purpose.");

    [Function("Keyed")]
    public static IResult Keyed([HttpTrigger(AuthorizationLevel.Function, "get", Route = "keyed")] HttpRequest request) => Results.Text("Come in");

    [Function("Switch")]
    public static IResult Switch([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "switched-off")] HttpRequest request) =>
        Results.Text("never seen");

    [Function("Hang")]
    public static async Task<IResult> Hang([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hang")] HttpRequest request)
    {
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
        return Results.Text("never seen");
    }

    [Function("Length")]
    public static async Task<IResult> Length([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "length")] HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return Results.Text($"{body.Length}");
    }
}
