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
    public const int MaxBytes = 12 * PropertyParts.PartBytes;

    /// <summary>A character takes that much where JSON escapes it.</summary>
    private const int BytesOfCharacter = 6;

    private const int BytesOfMembers = 250;

    /// <summary>No result takes more in a row.</summary>
    public static int MostBytesOf(JobResult result) => BytesOfMembers + (BytesOfCharacter * (
        LengthOf(result.UserId?.Value) + LengthOf(result.Username) + LengthOf(result.Code) + LengthOf(result.Detail) + LengthOf(result.CertificationCode?.Value)));

    /// <param name="from">The index of the first of them in the run.</param>
    public static IEnumerable<TableTransactionAction> Write(RunKey run, int from, IReadOnlyList<JobResult> results)
    {
        var json = JsonParts.Serialize(results);
        if (json.Length <= MaxBytes)
        {
            return [RowOf(run, from, json)];
        }

        var half = results.Count / 2;
        return Write(run, from, [.. results.Take(half)]).Concat(Write(run, from + half, [.. results.Skip(half)]));
    }

    public static IEnumerable<JobResult> Read(TableEntity row) => JsonParts.Read<JobResult[]>(row, Results);

    private static int LengthOf(string? text) => text?.Length ?? 0;

    private static TableTransactionAction RowOf(RunKey run, int from, byte[] json)
    {
        var row = new TableEntity(AwardKeys.Partition(run.Shard), AwardKeys.Results(run, from));
        PropertyParts.Write(row, Results, json);
        return new TableTransactionAction(TableTransactionActionType.UpsertReplace, row);
    }
}
