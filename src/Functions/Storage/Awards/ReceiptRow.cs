using Azure;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>How the receipt of a run lies in its row.</summary>
internal static class ReceiptRow
{
    private const string Run = "run";

    public static TableTransactionAction Write(RunReceipt receipt, string? revision, string writeId)
    {
        var row = new TableEntity(AwardKeys.Partition(receipt.Key.Shard), AwardKeys.Receipt(receipt.Key))
        {
            [Run] = receipt.Key.Run,
            ["next"] = receipt.Next,
            ["awarded"] = receipt.Counts.Awarded,
            ["renewed"] = receipt.Counts.Renewed,
            ["updated"] = receipt.Counts.Updated,
            ["revoked"] = receipt.Counts.Revoked,
            ["skipped"] = receipt.Counts.Skipped,
            ["failed"] = receipt.Counts.Failed,
            ["stopped"] = receipt.Stopped,
            ["turn"] = receipt.Turn,
            ["at"] = receipt.At,
            [ConditionalWrite.WriteId] = writeId,
        };
        return revision is null
            ? new TableTransactionAction(TableTransactionActionType.Add, row)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, new ETag(revision));
    }

    public static RunReceipt Read(TableEntity row, JobId jobId, Core.Shard shard) => new(
        new RunKey(jobId, row.GetInt32(Run)!.Value, shard),
        row.GetInt32("next")!.Value,
        new JobCounts(
            row.GetInt32("awarded")!.Value,
            row.GetInt32("renewed")!.Value,
            row.GetInt32("updated")!.Value,
            row.GetInt32("revoked")!.Value,
            row.GetInt32("skipped")!.Value,
            row.GetInt32("failed")!.Value),
        row.GetString("stopped"),
        row.GetDateTimeOffset("at")!.Value)
    {
        // An older app wrote none: its jobs had one turn.
        Turn = row.GetInt32("turn") ?? 0,
    };
}
