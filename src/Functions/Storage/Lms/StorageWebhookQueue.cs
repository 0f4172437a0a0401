using Azure.Storage.Queues;
using CertFunctions.Core;
using CertFunctions.Core.Lms;

namespace CertFunctions.Functions.Storage.Lms;

internal sealed class StorageWebhookQueue(QueueClient queue) : IWebhookQueue
{
    public Task SendMessageAsync(WebhookKey key, CancellationToken cancellationToken) =>
        queue.SendMessageAsync(new WebhookMessage(key, null).ToString(), cancellationToken);

    public Task SendArrivalAsync(LmsId userId, CancellationToken cancellationToken) =>
        queue.SendMessageAsync(new WebhookMessage(null, userId).ToString(), cancellationToken);
}
