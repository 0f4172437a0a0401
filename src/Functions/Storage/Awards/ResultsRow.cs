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

    /// <summary>Of those of a run that is given up: a retry writes a part of a row anew beside the awards that it makes, and the rest once more.</summary>
    public const int MaxBytesOfGivenUp = MaxBytes / 4;

    /// <summary>A character takes that much where JSON escapes it.</summary>
    private const int BytesOfCharacter = 6;

    private const int BytesOfMembers = 250;

    private const int BytesOfPlan = 250;

    private const int BytesOfCompletion = 200;

    /// <summary>No result takes more in a row.</summary>
    public static int MostBytesOf(JobResult result) => BytesOfMembers + (result.Planned is null ? 0 : BytesOfPlan)
        + (result.Freed?.Sum(completion => BytesOfCompletion + completion.UserId.Value.Length + completion.Activity.Id.Value.Length) ?? 0)
        + (BytesOfCharacter * (
        LengthOf(result.UserId?.Value) + LengthOf(result.Username) + LengthOf(result.Code) + LengthOf(result.Detail) + LengthOf(result.CertificationCode?.Value)));

    /// <param name="from">The index of the first of them in the run.</param>
    /// <param name="most">Bytes a row.</param>
    public static IEnumerable<TableTransactionAction> Write(RunKey run, int from, IReadOnlyList<JobResult> results, int most = MaxBytes)
    {
        var json = JsonParts.Serialize(results);
        if (json.Length <= most)
        {
            return [RowOf(run, from, json)];
        }

        var half = results.Count / 2;
        return Write(run, from, [.. results.Take(half)], most).Concat(Write(run, from + half, [.. results.Skip(half)], most));
    }

    public static int FromOf(TableEntity row) => AwardKeys.FromOf(row.RowKey);

    public static IEnumerable<JobResult> Read(TableEntity row) => JsonParts.Read<JobResult[]>(row, Results);

    private static int LengthOf(string? text) => text?.Length ?? 0;

    private static TableTransactionAction RowOf(RunKey run, int from, byte[] json)
    {
        var row = new TableEntity(AwardKeys.Partition(run.Shard), AwardKeys.Results(run, from));
        PropertyParts.Write(row, Results, json);
        return new TableTransactionAction(TableTransactionActionType.UpsertReplace, row);
    }
}
