using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CertFunctions.Functions.Telemetry;

/// <summary>
/// Keeps what one request or one dropped file set off in one trace, through the queues: messages carry the trace context
/// (https://www.w3.org/TR/trace-context/), because those of Storage Queues have no headers. Nobody listening, it does nothing.
/// </summary>
internal static class Tracing
{
    /// <summary>Of the source of traces, of the meter, and of the service unless a setting names it.</summary>
    public const string Name = "CertFunctions";

    /// <summary>The member of a message.</summary>
    public const string TraceParent = "traceparent";

    public static readonly ActivitySource Source = new(Name);

    /// <summary>What a message that is sent now carries; null: nothing is traced.</summary>
    public static string? Current => Source.HasListeners() && Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Goes on with the trace of whoever sent the message, and links to that of the trigger that brings it.</summary>
    /// <returns>To be disposed of when the message is done; null: nothing is traced.</returns>
    public static Activity? Receive(string function, string message)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        ActivityContext.TryParse(ParentOf(message), traceState: null, isRemote: true, out var parent);
        IEnumerable<ActivityLink>? links = Activity.Current is { } trigger ? [new ActivityLink(trigger.Context)] : null;
        return Source.StartActivity(function, ActivityKind.Consumer, parent, links: links);
    }

    private static string? ParentOf(string message)
    {
        try
        {
            return JsonSerializer.Deserialize<Traced>(message)?.TraceParent;
        }
        catch (JsonException)
        {
            // Not ours: whoever handles it will say so.
            return null;
        }
    }

    private sealed record Traced([property: JsonPropertyName(Tracing.TraceParent)] string? TraceParent);
}
