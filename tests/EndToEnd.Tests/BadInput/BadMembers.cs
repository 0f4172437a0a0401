using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CertFunctions.EndToEnd.Tests.BadInput;

/// <summary>A good body with one member spoilt, once for each member and each way.</summary>
internal static partial class BadMembers
{
    private const string Here = "\"@here@\"";

    private static readonly string[] NoText = ["true", "12", "{}", "[]", "[null]", "\"a\\u0000b\"", $"\"{new string('x', 100_000)}\""];
    private static readonly string[] NoNumber = ["true", "\"1\"", "1.5", "-1", "1e400", "99999999999999999999", "{}", "[1]"];
    private static readonly string[] NoBoolean = ["\"true\"", "1", "0", "{}", "[true]"];
    private static readonly string[] NoObject = ["true", "12", "\"x\"", "[]", "[{}]"];
    private static readonly string[] NoArray = ["true", "12", "\"x\"", "{}", "[null]", "[12]", "[[]]", "[true]"];
    private static readonly string[] NoChoice = ["\"nope\"", "\"\"", "\"0\"", "\"MANUAL\"", "\"Active\"", "\" manual\"", "\"manual,completion\""];

    private static readonly string[] NoDate =
        ["\"2026-02-30\"", "\"2026-2-3\"", "\"20260203\"", "\"1899-12-31\"", "\"10000-01-01\"", "\"2026-02-03T00:00:00Z\"", "\"\"", "\" 2026-02-03\"", "20260203"];

    private static readonly string[] NoId =
        ["\"\"", "\"a/b\"", "\"a\\\\b\"", "\"a#b\"", "\"a?b\"", "\"a%b\"", "\"🔥\"", "\"a\\n\"", "\" a\"", "\".a\"", "\"ä\"", "\"\\u202ea\"", $"\"{new string('a', 129)}\""];

    public static IEnumerable<(string Path, string Body)> Of(string sample)
    {
        var root = JsonNode.Parse(sample)!.AsObject();
        return from node in Below(root)
               from bad in BadFor(node)
               select (node.GetPath()["$.".Length..], Replaced(root, node, bad));
    }

    private static IEnumerable<JsonNode> Below(JsonNode node)
    {
        var children = node switch
        {
            JsonObject item => item.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(child => Below(child).Prepend(child));
    }

    private static string[] BadFor(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.String => [.. NoText, .. BadForText(node)],
        JsonValueKind.Number => NoNumber,
        JsonValueKind.Object => NoObject,
        JsonValueKind.Array => [.. NoArray, $"[{string.Join(',', Enumerable.Repeat("null", 10_001))}]"],
        _ => NoBoolean,
    };

    private static string[] BadForText(JsonNode node) => node.GetPath() switch
    {
        var path when IsChoice().IsMatch(path) => NoChoice,
        var path when IsDate().IsMatch(path) => NoDate,
        var path when IsId().IsMatch(path) => NoId,
        _ => [],
    };

    private static string Replaced(JsonObject root, JsonNode node, string bad)
    {
        var path = node.GetPath();
        var copy = root.DeepClone();
        Below(copy).Single(other => other.GetPath() == path).ReplaceWith("@here@");
        return copy.ToJsonString().Replace(Here, bad, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(\.type|\.unit|\.renewal|\.status|\.onExisting|\.activityType)$")]
    private static partial Regex IsChoice();

    [GeneratedRegex(@"On$")]
    private static partial Regex IsDate();

    [GeneratedRegex(@"(Id|\.id|\.(users|groups|branches)\[\d+\])$")]
    private static partial Regex IsId();
}
