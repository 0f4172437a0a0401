using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CertFunctions.TestWorlds.Http;

/// <summary>One operation of the API's description.</summary>
public sealed record ApiOperation(string Path, string Method, JsonObject Json, ApiDescription Description)
{
    private readonly Regex path = new($"^{Regex.Replace(Regex.Escape(Path), @"\\\{\w+}", "[^/]+")}$");

    public string Id => (string)Json["operationId"]!;

    /// <summary>The names of its security schemes; null: those of the whole document.</summary>
    public IReadOnlyList<string>? Security => Json["security"] is { } security ? [.. security.AsArray().SelectMany(one => one!.AsObject().Select(scheme => scheme.Key))] : null;

    public IReadOnlyList<JsonObject> Parameters => [.. (Json["parameters"]?.AsArray() ?? []).Select(parameter => Description.Resolve(parameter!))];

    public IEnumerable<JsonObject> ParametersIn(string place) => Parameters.Where(parameter => (string)parameter["in"]! == place);

    /// <summary>Of the first type that its body can have; null: it takes none.</summary>
    public (string Type, JsonNode Example)? Body =>
        Json["requestBody"]?["content"]?.AsObject().First() is { } first ? (first.Key, first.Value!["example"]!) : null;

    /// <summary>The members of a JSON body.</summary>
    public IReadOnlyList<string> Members => Json["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema
        ? [.. (Description.Resolve(schema)["properties"]?.AsObject() ?? []).Select(member => member.Key)]
        : [];

    /// <summary>Of all its answers.</summary>
    public IEnumerable<string> Codes => Json["responses"]!.AsObject()
        .SelectMany(response => Description.Resolve(response.Value!)["x-error-codes"]?.AsArray() ?? [])
        .Select(code => (string)code!);

    public bool Matches(string path) => this.path.IsMatch(path);

    /// <summary>What an answer has that the description does not say.</summary>
    public async Task<IReadOnlyList<string>> WrongWithAsync(HttpResponseMessage answer)
    {
        var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (Json["responses"]![status] is not { } described)
        {
            return await IsByHostAsync(answer) ? [] : [$"{status} is not described."];
        }

        var response = Description.Resolve(described);
        var content = response["content"]?.AsObject() ?? [];
        if (answer.Content.Headers.ContentType?.MediaType is not { } type)
        {
            return content.Count == 0 || answer.RequestMessage!.Method == HttpMethod.Head || await IsByHostAsync(answer) ? [] : [$"{status} has no body."];
        }

        if (content[type] is not { } media)
        {
            return [$"{status} comes as {type}, which is not described."];
        }

        if (!type.EndsWith("json", StringComparison.Ordinal) || answer.RequestMessage!.Method == HttpMethod.Head)
        {
            return [];
        }

        var json = JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync());
        return [.. Description.WrongWith(json, media["schema"]!), .. WrongCode(json, response["x-error-codes"]?.AsArray())];
    }

    /// <summary>Which codes go with a status is said beside the schema, which is one for all problems.</summary>
    private static IEnumerable<string> WrongCode(JsonElement json, JsonArray? codes) =>
        codes is not null && json.TryGetProperty("code", out var code) && codes.All(one => !code.ValueEquals((string)one!))
            ? [$"The code {code} is not described."]
            : [];

    /// <summary>The server below the app refuses some of what is no HTTP, and everything while the host replaces a killed worker: without a body, and the latter without what every answer of the app carries.</summary>
    private static async Task<bool> IsByHostAsync(HttpResponseMessage answer) =>
        ((int)answer.StatusCode is >= 400 and < 500 || ((int)answer.StatusCode == 503 && answer.Headers.CacheControl is null))
        && (await answer.Content.ReadAsByteArrayAsync()).Length == 0;
}
