using System.Text.Json;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Awards;

namespace CertFunctions.Core.Lms;

/// <summary>One element of a message: applied for itself, whatever becomes of the others.</summary>
/// <param name="Index">Its place in the message, from 0.</param>
/// <param name="ReceivedAt">When the message first came: the same at every delivery.</param>
public sealed record WebhookElement(string MessageId, string Event, int Index, JsonElement Payload, DateTimeOffset ReceivedAt)
{
    /// <summary>Whose change it is.</summary>
    public const string By = "lms";

    public Actor Actor => new(By, Via.Webhook, Origin);

    public Provenance Provenance => new(By, ReceivedAt, null, Origin);

    private Origin Origin => new(MessageId: MessageId, Event: Event);
}
