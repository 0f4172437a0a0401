using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Lms;

namespace CertFunctions.Functions.Storage.Lms;

/// <summary>A dead letter as a row. A payload that is too long for it is read from the message, which is kept.</summary>
internal static class DeadLetterRow
{
    public const string WaitingFor = "waitingFor";
    private const string Payload = "payload";
    private const int MaxPayloadBytes = 60 * 1024;

    public static TableEntity Of(DeadLetter letter)
    {
        var payload = Encoding.UTF8.GetBytes(letter.Element.Payload.GetRawText());
        return new TableEntity(DeadLetterKeys.Partition, DeadLetterKeys.Of(letter.Id))
        {
            ["messageId"] = letter.Element.MessageId,
            ["event"] = letter.Element.Event,
            ["element"] = letter.Element.Index,
            [Payload] = payload.Length <= MaxPayloadBytes ? payload : null,
            ["code"] = letter.Code,
            ["detail"] = letter.Detail,
            ["receivedAt"] = letter.Element.ReceivedAt,
            ["failedAt"] = letter.FailedAt,
            ["attempts"] = letter.Attempts,
            [WaitingFor] = letter.WaitingForUserId?.Value,
        };
    }

    public static async Task<DeadLetter> ReadAsync(TableEntity row, IWebhookStore messages, CancellationToken cancellationToken)
    {
        var (messageId, index) = (row.GetString("messageId"), row.GetInt32("element")!.Value);
        var payload = row.GetBinary(Payload) is { } kept
            ? JsonElement.Parse(kept)
            : await FindPayloadAsync(messageId, index, messages, cancellationToken);
        var element = new WebhookElement(messageId, row.GetString("event"), index, payload, row.GetDateTimeOffset("receivedAt")!.Value);
        return new DeadLetter(
            DeadLetterId.Of(element),
            element,
            row.GetString("code"),
            row.GetString("detail"),
            row.GetDateTimeOffset("failedAt")!.Value,
            row.GetInt32("attempts")!.Value,
            row.GetString(WaitingFor) is { } userId ? LmsId.Parse(userId) : null);
    }

    private static async Task<JsonElement> FindPayloadAsync(
        string messageId, int index, IWebhookStore messages, CancellationToken cancellationToken) =>
        await messages.FindAsync(WebhookKey.Of(messageId), cancellationToken) is { } message
        && WebhookEnvelope.Read(message.Body.Span).IsDone(out var envelope, out _)
            ? envelope.Payloads[index]
            : JsonElement.Parse("null");
}
