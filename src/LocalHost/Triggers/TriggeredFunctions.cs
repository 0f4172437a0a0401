using System.Text.Json;
using CertFunctions.LocalHost.Rpc;
using Microsoft.Azure.WebJobs;

namespace CertFunctions.LocalHost.Triggers;

/// <summary>
/// The base of the class that <see cref="TriggerClass"/> makes: one method per function, so that the WebJobs SDK
/// finds its triggers where it looks for them.
/// </summary>
public abstract class TriggeredFunctions(IServiceProvider services)
{
    protected Task InvokeAsync(string functionName, object value, Binder binder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(binder);
        var metadata = binder.BindingData.Where(item => item.Key != "sys" && item.Value is not null)
            .ToDictionary(item => item.Key, item => Metadata(item.Value));
        return services.GetRequiredService<TriggerInvoker>().InvokeAsync(functionName, Input(value), metadata, cancellationToken);
    }

    private static TypedData Input(object value) => value switch
    {
        string text => new TypedData { Text = text },
        TimerInfo timer => new TypedData { Json = TimerFunctions.Json(timer.ScheduleStatus, timer.IsPastDue) },
        ParameterBindingData reference => new TypedData
        {
            ModelBindingData = new ModelBindingData
            {
                Version = reference.Version,
                Source = reference.Source,
                ContentType = reference.ContentType,
                Content = reference.Content.ToArray(),
            },
        },
        _ => throw new NotSupportedException($"A trigger gave a {value.GetType()}."),
    };

    private static TypedData Metadata(object value) =>
        value is string text ? new TypedData { Text = text } : new TypedData { Json = JsonSerializer.Serialize(value) };
}
