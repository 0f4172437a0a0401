using System.Text.Encodings.Web;
using System.Text.Json;

namespace CertFunctions.Functions.Pages;

/// <summary>What is stored as JSON, for people to read: over several lines, and every letter as it is.</summary>
internal static class JsonWords
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonElement json) => JsonSerializer.Serialize(json, Options);

    /// <summary>A member that is a text; null: it is none, or not there.</summary>
    public static string? Text(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;

    /// <returns>Null: it is null, or not there.</returns>
    public static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
}
