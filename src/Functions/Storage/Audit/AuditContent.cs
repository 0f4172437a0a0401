using System.Text.Json;
using Azure.Data.Tables;
using CertFunctions.Core.Audit;
using CertFunctions.Functions.Http.Answers;

namespace CertFunctions.Functions.Storage.Audit;

/// <summary>What an entry says, as the bytes that are kept for good, and what it is found by.</summary>
/// <param name="At">When it happened: the day of that is where it belongs.</param>
internal sealed record AuditContent(string Id, DateTimeOffset At, string SubjectKey, string ActorKey, byte[] Bytes)
{
    private const string Content = "entry";

    public static AuditContent Of(AuditEntry entry) => new(
        entry.Id,
        entry.At,
        AuditKeys.OfSubject(entry),
        AuditKeys.OfActor(entry),
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                entry.At,
                Actor = entry.By.Name,
                entry.By.Via,
                entry.Action,
                entry.Subject,
                Before = AuditedState.Of(entry.Before),
                After = AuditedState.Of(entry.After),
                entry.Reason,
                Origin = OriginOf(entry.By.Origin),
            },
            HttpJson.Options));

    /// <summary>In a row of the outbox.</summary>
    public void WriteTo(TableEntity row)
    {
        row["id"] = Id;
        row["at"] = At;
        row["subjectKey"] = SubjectKey;
        row["actorKey"] = ActorKey;
        PropertyParts.Write(row, Content, Bytes);
    }

    public static AuditContent Read(TableEntity row) => new(
        row.GetString("id"),
        row.GetDateTimeOffset("at")!.Value,
        row.GetString("subjectKey"),
        row.GetString("actorKey"),
        PropertyParts.Read(row, Content));

    private static object? OriginOf(Origin? origin) => origin is null
        ? null
        : new { JobId = origin.JobId?.Value, origin.File, origin.Line, origin.MessageId, origin.Event };
}
