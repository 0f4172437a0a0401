using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CertFunctions.HostTestApp;

/// <summary>Each says in the log what reached it.</summary>
public sealed partial class TriggeredFunctions(ILogger<TriggeredFunctions> logger)
{
    [Function("TakeMessage")]
    public void TakeMessage([QueueTrigger("messages", Connection = "CertStorage")] string message, long dequeueCount)
    {
        LogSeen("message", $"{message} for the {dequeueCount}. time");
        if (message == "bad")
            throw new InvalidOperationException("On purpose.");
    }

    [Function("TakePoison")]
    public void TakePoison([QueueTrigger("messages-poison", Connection = "CertStorage")] string message) => LogSeen("poison", message);

    /// <summary>Stops when it is told to.</summary>
    [Function("TakeLongMessage")]
    public async Task TakeLongMessage(
        [QueueTrigger("long-messages", Connection = "CertStorage")] string message, long dequeueCount, CancellationToken cancellationToken)
    {
        if (dequeueCount > 1)
            LogSeen("long message", $"{message} for the {dequeueCount}. time");
        else
            await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    [Function("Tick")]
    public void Tick([TimerTrigger("0 0 0 1 1 *")] TimerInfo timer) => LogSeen("timer", timer.IsPastDue ? "late" : "in time");

    [Function("TakeBlob")]
    public async Task TakeBlob(
        [BlobTrigger("drop/{name}", Connection = "CertStorage")] BlobClient blob, string name, CancellationToken cancellationToken)
    {
        var content = await blob.DownloadContentAsync(cancellationToken);
        LogSeen("blob", $"{name} with {content.Value.Content}");
    }

    [LoggerMessage(LogLevel.Information, "Saw {Kind}: {What}")]
    private partial void LogSeen(string kind, string what);
}
