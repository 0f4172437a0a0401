using System.Text.Json;
using CertFunctions.LocalHost.Rpc;

namespace CertFunctions.LocalHost.Worker;

/// <summary>A function as the worker describes it.</summary>
internal sealed record Function(RpcFunctionMetadata Metadata, Binding Trigger)
{
    public string Id => Metadata.FunctionId;

    public string Name => Metadata.Name;

    /// <returns>Null when the function has no trigger.</returns>
    public static Function? From(RpcFunctionMetadata metadata)
    {
        var trigger = metadata.RawBindings.Select(Binding.Parse)
            .FirstOrDefault(binding => binding.Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
        return trigger is null ? null : new Function(metadata, trigger);
    }

    /// <summary>The bindings beside the trigger (and an HTTP function's answer), which this host does not serve.</summary>
    public IEnumerable<string> OtherBindings => Metadata.RawBindings.Select(Binding.Parse)
        .Select(binding => binding.Type)
        .Where(type => !type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase) && type != "http");
}

/// <summary>One entry of a function's generated bindings.</summary>
internal sealed record Binding(string Name, string Type, JsonElement Json)
{
    public static Binding Parse(string rawBinding)
    {
        using var document = JsonDocument.Parse(rawBinding);
        var json = document.RootElement.Clone();
        return new Binding(json.GetProperty("name").GetString()!, json.GetProperty("type").GetString()!, json);
    }

    /// <summary>The worker wants a reference to the message or blob in place of its content.</summary>
    public bool IsDeferred =>
        Json.TryGetProperty("properties", out var properties)
        && properties.TryGetProperty("supportsDeferredBinding", out var deferred)
        && string.Equals(deferred.ToString(), "true", StringComparison.OrdinalIgnoreCase);

    public string? Text(string member) =>
        Json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public bool Flag(string member, bool otherwise) =>
        Json.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : otherwise;

    public IReadOnlyList<string>? Texts(string member) =>
        Json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : null;
}
