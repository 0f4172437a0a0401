using CertFunctions.Core.Lms;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Lms;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Lms;

/// <summary>
/// A message that failed again and again is tried a last time, element by element: what still fails becomes a dead letter that the
/// superadmin sees, instead of lying in a queue unseen.
/// </summary>
public sealed partial class GiveUpWebhook(WebhookService webhooks, NewerMessages newer, ILogger<GiveUpWebhook> logger)
{
    [Function(nameof(GiveUpWebhook))]
    public async Task Run(
        [QueueTrigger(StorageNames.Queues.WebhookMessagesPoison, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken)
    {
        if (await newer.TryReturnAsync(StorageNames.Queues.WebhookMessages, message, WebhookMessage.CurrentVersion, cancellationToken))
        {
            return;
        }

        if (!WebhookMessage.TryParse(message, out var parsed))
        {
            NotOurs(LogText.Of(message));
        }
        else if (parsed.Key is { } key && await webhooks.GiveUpAsync(key, cancellationToken) is { } given)
        {
            GivenUp(LogText.Of(given.MessageId), LogText.Of(given.Event), given.Failed, given.Elements);
        }

        // An arrival that failed again and again: the timer looks for its user once a minute.
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhook message {MessageId} of {Event} is given up: {Failed} of its {Elements} elements are dead letters")]
    private partial void GivenUp(string messageId, string @event, int failed, int elements);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message that is no webhook of ours is dropped: {Message}")]
    private partial void NotOurs(string message);
}
