using System.Text.Json;
using System.Text.Json.Serialization;
using CertFunctions.Core;
using CertFunctions.Functions.Telemetry;

namespace CertFunctions.Functions.Storage.Jobs;

/// <summary>A message of the queues of jobs: <c>{"v":1,"jobId":"…","run":3}</c>, without <c>run</c> for a step.</summary>
internal sealed record JobMessage(
    [property: JsonPropertyName("v")] int Version,
    [property: JsonPropertyName("jobId")] string JobId,
    [property: JsonPropertyName("run"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Run = null,
    [property: JsonPropertyName(Tracing.TraceParent), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceParent = null)
{
    /// <summary>A message of a newer version is left to the app that knows what it says (<see cref="NewerMessages"/>).</summary>
    public const int CurrentVersion = 1;

    public static string OfJob(JobId id) => JsonSerializer.Serialize(new JobMessage(CurrentVersion, id.Value, TraceParent: Tracing.Current));

    public static string OfRun(JobId id, int run) => JsonSerializer.Serialize(new JobMessage(CurrentVersion, id.Value, run, Tracing.Current));

    public static bool TryParse(string text, out JobId jobId, out int run)
    {
        (jobId, run) = (null!, 0);
        JobMessage? message;
        try
        {
            message = JsonSerializer.Deserialize<JobMessage>(text);
        }
        catch (JsonException)
        {
            return false;
        }

        run = message?.Run ?? 0;
        return message is { Version: CurrentVersion, Run: null or >= 0 } && Core.JobId.TryParse(message.JobId, out jobId!);
    }

    /// <exception cref="FormatException">Not a message of this version.</exception>
    public static (JobId JobId, int Run) Parse(string text) => TryParse(text, out var jobId, out var run)
        ? (jobId, run)
        : throw new FormatException("This is not a job message of version 1.");
}
