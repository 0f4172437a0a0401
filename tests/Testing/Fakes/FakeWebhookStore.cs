using System.Collections.Concurrent;
using CertFunctions.Core.Lms;

namespace CertFunctions.Testing.Fakes;

public sealed class FakeWebhookStore : IWebhookStore
{
    private readonly ConcurrentDictionary<WebhookKey, StoredWebhook> messages = new();

    public Task<WebhookKept> KeepAsync(
        string messageId, ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var copy = new StoredWebhook(body.ToArray(), receivedAt, IsApplied: false);
        var kept = messages.GetOrAdd(WebhookKey.Of(messageId), copy);
        return Task.FromResult(kept == copy ? WebhookKept.Kept
            : kept.Body.Span.SequenceEqual(body.Span) ? WebhookKept.KeptBefore
            : WebhookKept.OtherBody);
    }

    public Task<StoredWebhook?> FindAsync(WebhookKey key, CancellationToken cancellationToken) => Task.FromResult(messages.GetValueOrDefault(key));

    public Task MarkAppliedAsync(WebhookKey key, CancellationToken cancellationToken)
    {
        messages[key] = messages[key] with { IsApplied = true };
        return Task.CompletedTask;
    }
}
