using System.Text.Json;
using Azure.Data.Tables;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>
/// How the results of the users of one transaction lie in a row: JSON, cut into properties of less than 64 KiB. A run that is given up
/// leaves more of them than a row holds: they lie in several.
/// </summary>
internal static class ResultsRow
{
    private const string PartPrefix = "results";
    private const int PartBytes = 60 * 1024;

    /// <summary>Below 1 MiB also in base64, as which the emulator counts it.</summary>
    private const int RowBytes = 12 * PartBytes;

    /// <param name="from">The index of the first of them in the run.</param>
    public static IEnumerable<TableTransactionAction> Write(RunKey run, int from, IReadOnlyList<JobResult> results)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(results, StorageJson.Options);
        if (bytes.Length <= RowBytes)
        {
            return [RowOf(run, from, bytes)];
        }

        var half = results.Count / 2;
        return Write(run, from, [.. results.Take(half)]).Concat(Write(run, from + half, [.. results.Skip(half)]));
    }

    private static TableTransactionAction RowOf(RunKey run, int from, byte[] bytes)
    {
        var row = new TableEntity(AwardKeys.Partition(run.Shard), AwardKeys.Results(run, from));
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
