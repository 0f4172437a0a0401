using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>That a completion was used for a certification: the key says it all. Written once, never changed.</summary>
internal static class MarkRow
{
    public static TableTransactionAction Write(Shard shard, CompletionMark mark, string writeId) => new(
        TableTransactionActionType.Add,
        new TableEntity(AwardKeys.Partition(shard), AwardKeys.Mark(mark.Completion, mark.CertificationCode))
        {
            [AwardRow.CodeKey] = mark.CertificationCode.Key,
            [ConditionalWrite.WriteId] = writeId,
        });
}
