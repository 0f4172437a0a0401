using System.Text.Json;
using Azure.Data.Tables;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>How the results of the users of one transaction lie in a row: JSON, cut into properties of less than 64 KiB.</summary>
internal static class ResultsRow
{
    private const string PartPrefix = "results";
    private const int PartBytes = 60 * 1024;

    public static TableTransactionAction Write(RunKey run, int from, IEnumerable<JobResult> results)
    {
        var row = new TableEntity(AwardKeys.Partition(run.Shard), AwardKeys.Results(run, from));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(results, StorageJson.Options);
        foreach (var (index, part) in bytes.Chunk(PartBytes).Index())
        {
            row[PartPrefix + index] = part;
        }

        return new TableTransactionAction(TableTransactionActionType.UpsertReplace, row);
    }

    public static IEnumerable<JobResult> Read(TableEntity row)
    {
        using var bytes = new MemoryStream();
        for (var index = 0; row.GetBinary(PartPrefix + index) is { } part; index++)
        {
            bytes.Write(part);
        }

        return JsonSerializer.Deserialize<JobResult[]>(bytes.ToArray(), StorageJson.Options)!;
    }
}
