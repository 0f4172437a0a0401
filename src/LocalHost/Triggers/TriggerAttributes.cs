using System.Reflection.Emit;
using CertFunctions.LocalHost.Worker;
using Microsoft.Azure.WebJobs;

namespace CertFunctions.LocalHost.Triggers;

/// <summary>The WebJobs SDK's attribute for a function's generated trigger binding.</summary>
internal static class TriggerAttributes
{
    /// <returns>Null for a trigger that this host does not serve.</returns>
    public static CustomAttributeBuilder? Of(Function function)
    {
        var trigger = function.Trigger;
        return trigger.Type.ToUpperInvariant() switch
        {
            "QUEUETRIGGER" => Attribute<QueueTriggerAttribute>(
                trigger.Text("queueName"), ("Connection", trigger.Text("connection"))),
            "BLOBTRIGGER" when trigger.Text("source") is not "EventGrid" => Attribute<BlobTriggerAttribute>(
                trigger.Text("path") ?? trigger.Text("blobPath"), ("Connection", trigger.Text("connection"))),
            "TIMERTRIGGER" => Attribute<TimerTriggerAttribute>(
                trigger.Text("schedule"),
                ("RunOnStartup", trigger.Flag("runOnStartup", otherwise: false)),
                ("UseMonitor", trigger.Flag("useMonitor", otherwise: true))),
            _ => null,
        };
    }

    public static Type ValueType(Function function) =>
        TimerFunctions.IsTimer(function) ? typeof(TimerInfo)
        : function.Trigger.IsDeferred ? typeof(ParameterBindingData)
        : typeof(string);

    private static CustomAttributeBuilder Attribute<T>(string? argument, params (string Name, object? Value)[] properties)
    {
        var given = properties.Where(property => property.Value is not null).ToArray();
        return new CustomAttributeBuilder(
            typeof(T).GetConstructor([typeof(string)])!,
            [argument],
            [.. given.Select(property => typeof(T).GetProperty(property.Name)!)],
            [.. given.Select(property => property.Value)]);
    }
}
