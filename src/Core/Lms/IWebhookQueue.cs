namespace CertFunctions.Core.Lms;

/// <summary>Hands work on. What it took is not lost; it may be done more than once, and in any order.</summary>
public interface IWebhookQueue
{
    /// <summary>In one write.</summary>
    Task SendMessageAsync(WebhookKey key, CancellationToken cancellationToken);

    Task SendArrivalAsync(LmsId userId, CancellationToken cancellationToken);
}
