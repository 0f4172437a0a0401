using System.Text;
using System.Text.Json;

namespace CertFunctions.Core.Lms;

/// <summary>
/// A message of the LMS in Docebo's envelope. It is the LMS's format, not ours: members that mean nothing to us are let be, also when
/// they repeat or hold damaged text.
/// </summary>
/// <param name="MessageId">The key: the same message comes again with the same.</param>
/// <param name="Payloads">The elements, each to be applied for itself. Not all need be objects.</param>
public sealed record WebhookEnvelope(string MessageId, string Event, IReadOnlyList<JsonElement> Payloads)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Limits.JsonDepth };

    /// <returns>Else <c>invalid_json</c>, or <c>invalid_request</c> with every member that is wrong.</returns>
    public static Outcome<WebhookEnvelope> Read(ReadOnlySpan<byte> body)
    {
        try
        {
            // A lone surrogate or a byte that is no UTF-8 shows when a text is read, not before.
            var json = body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
            var root = JsonElement.Parse(json, Options);
            return root.ValueKind == JsonValueKind.Object ? Read(root) : Rejection.Invalid(ErrorCode.InvalidJson, "body", "must be a JSON object");
        }
        catch (JsonException)
        {
            return Rejection.Invalid(ErrorCode.InvalidJson, "body", $"is not valid JSON of at most {Limits.JsonDepth} levels");
        }
    }

    private static Outcome<WebhookEnvelope> Read(JsonElement root)
    {
        var members = new PayloadReader(root);
        var messageId = members.Text("message_id", new TextRule(1, Limits.WebhookMessageIdLength)).Required();
        var name = members.Text("event", new TextRule(1, Limits.WebhookEventLength)).Required();
        var payloads = ReadPayloads(members);
        return members.Refusal() is { } why ? why : new WebhookEnvelope(messageId!, name!, payloads);
    }

    private static List<JsonElement> ReadPayloads(PayloadReader members)
    {
        var (one, many) = (members.Find("payload"), members.Find("payloads"));
        switch (one, many)
        {
            case ({ ValueKind: JsonValueKind.Object } payload, null):
                return [payload];
            case (null, { ValueKind: JsonValueKind.Array } payloads) when payloads.GetArrayLength() is >= 1 and <= Limits.WebhookElements:
                return [.. payloads.EnumerateArray()];
            case (null, not null):
                members.Complain("payloads", $"must be an array of 1 to {Limits.WebhookElements} objects");
                return [];
            case (not null, null):
                members.Complain("payload", "must be an object");
                return [];
            default:
                members.Complain("payload", "or payloads is required, and not both");
                return [];
        }
    }
}
