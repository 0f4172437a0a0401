using System.Diagnostics.Metrics;
using System.Text.Json;

namespace CertFunctions.Functions.Telemetry;

/// <summary>What the app counts and measures. Nobody listening, it costs nothing.</summary>
internal static class AppMetrics
{
    private static readonly Meter Meter = new(Tracing.Name);

    /// <summary>Tag <c>change</c>: awarded, renewed, updated, revoked, restored.</summary>
    public static readonly Counter<long> Awards =
        Meter.CreateCounter<long>("certfunctions.awards", "{award}", "Changes of awards that are stored, whoever made them.");

    /// <summary>Tags <c>kind</c> and <c>outcome</c>.</summary>
    public static readonly Counter<long> JobResults =
        Meter.CreateCounter<long>("certfunctions.job.results", "{result}", "What became of the users and rows of jobs, when the job ends.");

    /// <summary>Tags <c>kind</c> and <c>status</c>.</summary>
    public static readonly Histogram<double> JobDuration =
        Meter.CreateHistogram<double>("certfunctions.job.duration", "s", "From the making of a job to its end.");

    /// <summary>Tag <c>queue</c>.</summary>
    public static readonly Gauge<double> QueueAge =
        Meter.CreateGauge<double>("certfunctions.queue.age", "s", "How long the first message has waited, once a minute.");

    /// <summary>Tag <c>queue</c>.</summary>
    public static readonly Gauge<int> PoisonMessages =
        Meter.CreateGauge<int>("certfunctions.queue.poison", "{message}", "Messages that nobody could process, once a minute.");

    /// <summary>Tag <c>event</c>.</summary>
    public static readonly Histogram<double> WebhookLag =
        Meter.CreateHistogram<double>("certfunctions.webhooks.lag", "s", "From the arrival of a message of the LMS to its being applied.");

    /// <summary>Tag <c>event</c>.</summary>
    public static readonly Counter<long> UnknownEvents =
        Meter.CreateCounter<long>("certfunctions.webhooks.unknown_events", "{element}", "Elements accepted whose event means nothing here.");

    /// <summary>Tag <c>service</c>: table, queue, blob.</summary>
    public static readonly Counter<long> StorageRetries =
        Meter.CreateCounter<long>("certfunctions.storage.retries", "{request}", "Requests to the storage that were sent again.");

    public static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    /// <summary>With the value's name as the API spells it.</summary>
    public static KeyValuePair<string, object?> Tag<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum => Tag(name, JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
}
