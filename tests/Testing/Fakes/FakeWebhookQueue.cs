using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Lms;

namespace CertFunctions.Testing.Fakes;

/// <summary>Records what was sent.</summary>
public sealed class FakeWebhookQueue : IWebhookQueue
{
    private readonly ConcurrentQueue<WebhookKey> messages = new();
    private readonly ConcurrentQueue<LmsId> arrivals = new();

    public IReadOnlyCollection<WebhookKey> Messages => messages;

    public IReadOnlyCollection<LmsId> Arrivals => arrivals;

    public Task SendMessageAsync(WebhookKey key, CancellationToken cancellationToken)
    {
        messages.Enqueue(key);
        return Task.CompletedTask;
    }

    public Task SendArrivalAsync(LmsId userId, CancellationToken cancellationToken)
    {
        arrivals.Enqueue(userId);
        return Task.CompletedTask;
    }
}
