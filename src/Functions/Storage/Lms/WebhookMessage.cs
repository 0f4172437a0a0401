using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using CertFunctions.Core;
using CertFunctions.Core.Lms;
using CertFunctions.Functions.Telemetry;

namespace CertFunctions.Functions.Storage.Lms;

/// <summary>A message of the queue: <c>{"v":1,"message":"…"}</c> names one to apply, <c>{"v":1,"arrived":"…"}</c> a user that exists now.</summary>
/// <param name="Key">Null: the other one is given.</param>
internal sealed record WebhookMessage(WebhookKey? Key, LmsId? Arrived)
{
    /// <summary>A message of a newer version is left to the app that knows what it says (<see cref="NewerMessages"/>).</summary>
    public const int CurrentVersion = 1;

    public override string ToString() => JsonSerializer.Serialize(new Content(CurrentVersion, Key?.Value, Arrived?.Value, Tracing.Current));

    public static bool TryParse(string text, [NotNullWhen(true)] out WebhookMessage? message)
    {
        message = null;
        try
        {
            message = JsonSerializer.Deserialize<Content>(text) is not { Version: CurrentVersion } content ? null
                : WebhookKey.TryParse(content.Message, out var key) ? new WebhookMessage(key, null)
                : LmsId.TryParse(content.Arrived, out var arrived) ? new WebhookMessage(null, arrived)
                : null;
        }
        catch (JsonException)
        {
            // Not ours.
        }

        return message is not null;
    }

    /// <exception cref="FormatException">Not a message of this version.</exception>
    public static WebhookMessage Parse(string text) => TryParse(text, out var message)
        ? message
        : throw new FormatException("This is not a webhook message of version 1.");

    private sealed record Content(
        [property: JsonPropertyName("v")] int Version,
        [property: JsonPropertyName("message"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null,
        [property: JsonPropertyName("arrived"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Arrived = null,
        [property: JsonPropertyName(Tracing.TraceParent), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceParent = null);
}
