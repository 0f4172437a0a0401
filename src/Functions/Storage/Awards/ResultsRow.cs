using Azure.Data.Tables;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>
/// How the results of the users of one transaction lie in a row: JSON in parts. A run that is given up
/// leaves more of them than a row holds: they lie in several.
/// </summary>
internal static class ResultsRow
{
    private const string Results = "results";

    /// <summary>Below 1 MiB also in base64, as which the emulator counts it.</summary>
    private const int RowBytes = 12 * PropertyParts.PartBytes;

    /// <param name="from">The index of the first of them in the run.</param>
    public static IEnumerable<TableTransactionAction> Write(RunKey run, int from, IReadOnlyList<JobResult> results)
    {
        var json = JsonParts.Serialize(results);
        if (json.Length <= RowBytes)
        {
            return [RowOf(run, from, json)];
        }

        var half = results.Count / 2;
        return Write(run, from, [.. results.Take(half)]).Concat(Write(run, from + half, [.. results.Skip(half)]));
    }

    public static IEnumerable<JobResult> Read(TableEntity row) => JsonParts.Read<JobResult[]>(row, Results);

    private static TableTransactionAction RowOf(RunKey run, int from, byte[] json)
    {
        var row = new TableEntity(AwardKeys.Partition(run.Shard), AwardKeys.Results(run, from));
        PropertyParts.Write(row, Results, json);
        return new TableTransactionAction(TableTransactionActionType.UpsertReplace, row);
    }
}
