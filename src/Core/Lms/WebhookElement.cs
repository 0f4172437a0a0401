using System.Text.Json;
using CertFunctions.Core.Awards;

namespace CertFunctions.Core.Lms;

/// <summary>One element of a message: applied for itself, whatever becomes of the others.</summary>
/// <param name="Index">Its place in the message, from 0.</param>
/// <param name="ReceivedAt">When the message first came: the same at every delivery.</param>
public sealed record WebhookElement(string MessageId, string Event, int Index, JsonElement Payload, DateTimeOffset ReceivedAt)
{
    /// <summary>Whose change it is.</summary>
    public const string By = "lms";

    public Provenance Provenance => new(By, ReceivedAt, null, new AwardOrigin(MessageId: MessageId, Event: Event));
}
