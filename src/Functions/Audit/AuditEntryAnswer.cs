using System.Text.Json;
using CertFunctions.Core.Audit;

namespace CertFunctions.Functions.Audit;

/// <summary>An entry of the audit as callers see it. Where somebody has been at what is stored, its members are null.</summary>
/// <param name="Via"><c>api</c>, <c>csv</c>, <c>webhook</c> or <c>system</c>.</param>
public sealed record AuditEntryAnswer(
    string Id,
    JsonElement? At,
    JsonElement? Actor,
    JsonElement? Via,
    JsonElement? Action,
    JsonElement? Subject,
    JsonElement? Before,
    JsonElement? After,
    JsonElement? Reason,
    JsonElement? Origin)
{
    public static AuditEntryAnswer Of(RecordedEntry entry)
    {
        var content = entry.Content;
        return new AuditEntryAnswer(
            entry.Id, Member("at"), Member("actor"), Member("via"), Member("action"), Member("subject"), Member("before"), Member("after"), Member("reason"), Member("origin"));

        JsonElement? Member(string name) => content.ValueKind == JsonValueKind.Object && content.TryGetProperty(name, out var member) ? member : null;
    }
}
