namespace CertFunctions.Core.Lms;

/// <summary>Keeps messages as they came.</summary>
public interface IWebhookStore
{
    /// <summary>In one write, under the message's id; a message that is there is compared, and stays as it is.</summary>
    Task<WebhookKept> KeepAsync(string messageId, ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, CancellationToken cancellationToken);

    Task<StoredWebhook?> FindAsync(WebhookKey key, CancellationToken cancellationToken);

    /// <summary>All elements have been seen to: whenever the message comes again, nothing is left to do.</summary>
    Task MarkAppliedAsync(WebhookKey key, CancellationToken cancellationToken);
}

public enum WebhookKept
{
    Kept,

    /// <summary>Another with this id and the same body came before.</summary>
    KeptBefore,

    /// <summary>Another with this id and another body came before.</summary>
    OtherBody,
}

/// <param name="ReceivedAt">When it first came.</param>
public sealed record StoredWebhook(ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt, bool IsApplied);
