using Azure;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>That a completion was used for a certification: the key says it all. Written once, never changed; deleted when the job that used it is undone.</summary>
internal static class MarkRow
{
    /// <summary>Compared by filters.</summary>
    public const string UsedBy = "jobId";

    public static TableTransactionAction Delete(Shard shard, CompletionMark mark) => new(
        TableTransactionActionType.Delete, new TableEntity(AwardKeys.Partition(shard), AwardKeys.Mark(mark.Completion, mark.CertificationCode)), ETag.All);

    /// <param name="usedBy">The job that uses it; null: none.</param>
    public static TableTransactionAction Write(Shard shard, CompletionMark mark, JobId? usedBy, string writeId) => new(
        TableTransactionActionType.Add,
        new TableEntity(AwardKeys.Partition(shard), AwardKeys.Mark(mark.Completion, mark.CertificationCode))
        {
            [AwardRow.CodeKey] = mark.CertificationCode.Key,
            [UsedBy] = usedBy?.Value,
            [ConditionalWrite.WriteId] = writeId,
        });
}
