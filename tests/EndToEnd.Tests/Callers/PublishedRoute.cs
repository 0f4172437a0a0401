using System.Text.Json;
using System.Text.RegularExpressions;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.Callers;

/// <summary>A route as the host reads it from <c>functions.metadata</c>, so that none is left out, and what it needs as the contract says it.</summary>
internal sealed partial record PublishedRoute(string Function, HttpMethod Method, string Path)
{
    public static IReadOnlyList<PublishedRoute> All { get; } = [.. Read()];

    public static IEnumerable<PublishedRoute> OfApi => All.Where(route => !route.IsPage);

    /// <summary>What people call with a browser; its refusals are pages.</summary>
    public bool IsPage => !Path.StartsWith("/api/", StringComparison.Ordinal);

    /// <summary>The contract's "nobody": who calls these proves nothing.</summary>
    public bool IsOpen =>
        Path is "/api/health" or "/api/health/ready" or "/api/docs" or "/api/docs/errors" or "/api/docs/assets/nobody" or "/assets/nobody" or "/api/openapi.json";

    public bool IsWebhook => (Path, Method.Method) is ("/api/webhooks/lms", "POST");

    public bool IsForLearners => Path is "/api/me/awards" or "/me";

    public bool IsRead => Method == HttpMethod.Get || Method == HttpMethod.Head;

    public static IEnumerable<PublishedRoute> Guarded => All.Where(route => route is { IsOpen: false, IsWebhook: false });

    private static IEnumerable<PublishedRoute> Read()
    {
        using var metadata = JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(TestApp.Product, "functions.metadata")));
        foreach (var function in metadata.RootElement.EnumerateArray())
        {
            foreach (var binding in function.GetProperty("bindings").EnumerateArray().Where(binding => binding.GetProperty("type").GetString() == "httpTrigger"))
            {
                var path = $"/{Parameter().Replace(Nothing().Replace(binding.GetProperty("route").GetString()!, ""), "nobody")}";
                foreach (var method in binding.GetProperty("methods").EnumerateArray())
                {
                    yield return new(function.GetProperty("name").GetString()!, HttpMethod.Parse(method.GetString()), path);
                }
            }
        }
    }

    /// <summary>How the root is written.</summary>
    [GeneratedRegex(@"\{\w+:maxlength\(0\)\?\}")]
    private static partial Regex Nothing();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
