using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CertFunctions.TestWorlds.LocalHost;
using Json.Schema;

namespace CertFunctions.TestWorlds.Http;

/// <summary>The API's description, read as what answers must be like.</summary>
public sealed partial class ApiDescription
{
    private const string Schemas = "https://certfunctions.test/schemas";

    private static readonly EvaluationOptions Strict = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly JsonObject document;
    private readonly ConcurrentDictionary<JsonNode, JsonSchema> schemas = new();

    private ApiDescription(JsonObject document)
    {
        this.document = document;
        var all = new JsonObject { ["$id"] = Schemas, ["$defs"] = JsonNode.Parse(WithRefs(document["components"]!["schemas"]!)) };
        SchemaRegistry.Global.Register(JsonSchema.FromText(all.ToJsonString()));
        Operations =
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               select new ApiOperation(path.Key, operation.Key.ToUpperInvariant(), operation.Value!.AsObject(), this),
        ];
    }

    public static ApiDescription Current { get; } =
        new(JsonNode.Parse(File.ReadAllText(Path.Combine(TestFolders.Repository, "src/Functions/Docs/openapi.json")))!.AsObject());

    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <summary>The codes that an answer can have.</summary>
    public IReadOnlyList<string> Codes => [.. document["components"]!["schemas"]!["ErrorCode"]!["enum"]!.AsArray().Select(code => (string)code!)];

    /// <returns>Null where no operation has this method and path.</returns>
    public ApiOperation? Find(HttpMethod method, string path)
    {
        var verb = method == HttpMethod.Head ? "GET" : method.Method;
        return Operations.Where(operation => operation.Method == verb && operation.Matches(path)).OrderBy(operation => operation.Path.Count(c => c == '{')).FirstOrDefault();
    }

    /// <summary>Follows a reference.</summary>
    public JsonObject Resolve(JsonNode node)
    {
        var found = node;
        if (node["$ref"] is { } reference)
        {
            found = ((string)reference!).Split('/')[1..].Aggregate((JsonNode)document, (at, part) => at[part]!);
        }

        return found.AsObject();
    }

    /// <returns>What of a value does not fit a schema of the document; empty where all does.</returns>
    internal IReadOnlyList<string> WrongWith(JsonElement value, JsonNode schema)
    {
        var result = schemas.GetOrAdd(schema, node => JsonSchema.FromText(WithRefs(node))).Evaluate(value, Strict);
        return result.IsValid
            ? []
            : [.. from detail in result.Details ?? [] from error in detail.Errors ?? new Dictionary<string, string>() select $"{detail.InstanceLocation}: {error.Value}"];
    }

    private static string WithRefs(JsonNode node) => Reference().Replace(node.ToJsonString(), $"\"{Schemas}#/$$defs/");

    [GeneratedRegex("\"#/components/schemas/")]
    private static partial Regex Reference();
}
