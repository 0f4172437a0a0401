using CertFunctions.Core;
using CertFunctions.Core.Lms;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Lms;
using CertFunctions.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Lms;

/// <summary>Applies a message that was accepted, or what waited for a user that has appeared.</summary>
public sealed partial class ApplyWebhook(
    WebhookService webhooks, DeadLetterService letters, TimeProvider time, ILogger<ApplyWebhook> logger)
{
    [Function(nameof(ApplyWebhook))]
    public async Task Run(
        [QueueTrigger(StorageNames.Queues.WebhookMessages, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken)
    {
        using var activity = Tracing.Receive(nameof(ApplyWebhook), message);
        switch (WebhookMessage.Parse(message))
        {
            case { Key: { } key } when await webhooks.ApplyAsync(key, cancellationToken) is { } applied:
                Note(applied);
                break;
            case { Arrived: { } userId } when await letters.ReleaseAsync(userId, cancellationToken) is var released and > 0:
                Released(released, userId);
                break;
        }
    }

    private void Note(AppliedWebhook applied)
    {
        var (messageId, name) = (LogText.Of(applied.MessageId), LogText.Of(applied.Event));
        AppMetrics.WebhookLag.Record((time.GetUtcNow() - applied.ReceivedAt).TotalSeconds, AppMetrics.Tag("event", name));
        Applied(messageId, name, applied.Elements, applied.Failed);
        if (applied.Unknown > 0)
        {
            AppMetrics.UnknownEvents.Add(applied.Unknown, AppMetrics.Tag("event", name));
            Unknown(name, applied.Unknown);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Webhook message {MessageId} of {Event} is done: {Elements} elements, {Failed} of them dead letters")]
    private partial void Applied(string messageId, string @event, int elements, int failed);

    [LoggerMessage(Level = LogLevel.Information, Message = "Webhook event {Event} is not known here: {Count} elements ignored")]
    private partial void Unknown(string @event, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} dead letters that waited for user {UserId} are applied")]
    private partial void Released(int count, LmsId userId);
}
