using Azure.Data.Tables;
using CertFunctions.Core;
using ETag = Azure.ETag;

namespace CertFunctions.Functions.Storage.Audit;

/// <summary>Where the chain of a day ends. Whoever adds entries replaces it under its ETag, so that two instances cannot add to the same end.</summary>
/// <param name="Revision">Null: the day has no entries yet.</param>
internal sealed record AuditHead(DateOnly Day, long Count, byte[] Hash, AuditLink? Before, string? Revision)
{
    public TableTransactionAction ToAction()
    {
        var row = new TableEntity(AuditKeys.Partition(Day), AuditKeys.Head)
        {
            ["count"] = Count,
            ["hash"] = Hash,
            ["beforeDay"] = Before is null ? null : CalendarDate.ToText(Before.Day),
            ["beforeCount"] = Before?.Count,
            ["beforeHash"] = Before?.Hash,
        };
        return Revision is null
            ? new(TableTransactionActionType.Add, row)
            : new(TableTransactionActionType.UpdateReplace, row, new ETag(Revision));
    }

    /// <returns>Null: the day has no entries yet.</returns>
    public static async Task<AuditHead?> FindAsync(TableClient table, DateOnly day, CancellationToken cancellationToken) =>
        await table.FindRowAsync(AuditKeys.Partition(day), AuditKeys.Head, cancellationToken) is { } row ? Read(row) : null;

    private static AuditHead Read(TableEntity row) => new(
        CalendarDate.Parse(row.PartitionKey),
        row.GetInt64("count")!.Value,
        row.GetBinary("hash"),
        row.GetString("beforeDay") is { } day
            ? new AuditLink(CalendarDate.Parse(day), row.GetInt64("beforeCount")!.Value, row.GetBinary("beforeHash"))
            : null,
        row.ETag.ToString());
}
