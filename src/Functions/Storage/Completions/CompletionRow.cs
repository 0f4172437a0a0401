using System.Text.Json;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.Functions.Storage.Completions;

/// <summary>A completion as a row: who, what and when are in its key, which message told of it in its columns.</summary>
internal static class CompletionRow
{
    private const string Title = "activityTitle";

    /// <summary>All that reading completions and their marks needs.</summary>
    public static readonly IReadOnlyList<string> Columns = [nameof(ITableEntity.RowKey), Title];

    public static TableEntity Of(Completion completion, Provenance provenance) =>
        new(AwardKeys.Partition(Shard.Of(completion.UserId)), AwardKeys.OfCompletion(completion))
        {
            [Title] = completion.ActivityTitle,
            ["keptAt"] = provenance.At,
            ["keptBy"] = provenance.By,
            ["origin"] = provenance.Origin is { } origin ? JsonSerializer.Serialize(origin, StorageJson.Options) : null,
        };

    public static Completion Read(TableEntity row) => AwardKeys.ReadCompletion(row.RowKey).Completion with { ActivityTitle = row.GetString(Title) };
}
