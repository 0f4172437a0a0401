using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CertFunctions.TestWorlds.Http;

/// <summary>What a caller receives.</summary>
public sealed record TestAnswer(int Status, IHeaderDictionary Headers, string Body)
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().BuildServiceProvider();

    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>The <c>code</c> of a problem.</summary>
    public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The paths that a problem's <c>errors</c> name.</summary>
    public IReadOnlyList<string> ErrorPaths => Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).ToArray();

    public static async Task<TestAnswer> Of(IResult result)
    {
        var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = Services, Response = { Body = body } };
        await result.ExecuteAsync(context);
        return new TestAnswer(context.Response.StatusCode, context.Response.Headers, Encoding.UTF8.GetString(body.ToArray()));
    }
}
