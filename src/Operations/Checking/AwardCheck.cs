using Azure.Data.Tables;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.Operations.Checking;

/// <summary>
/// Truths (U) against the rows of the lists, of holders (C and S) and of those who hold no more (K), key by key and member by member, and against the
/// users whom they show.
/// </summary>
internal static class AwardCheck
{
    public static IEnumerable<string> Find(StoreContent content)
    {
        var expected = new HashSet<(string, string)>();
        foreach (var row in content.Rows('U'))
        {
            var truth = AwardRow.Read(row);
            foreach (var key in AwardViews.KeysOf(truth.Award, truth.User))
            {
                expected.Add((row.PartitionKey, key));
                if (Difference(truth, content.Awards.GetValueOrDefault((row.PartitionKey, key))) is { } difference)
                {
                    yield return $"{row.RowKey}: its list row {key} {difference}";
                }
            }

            if (truth.Award is { Held: false, EndedOn: null, Restores: null })
            {
                yield return $"{row.RowKey}: is unassigned and does not say since when";
            }

            if (content.Users.GetValueOrDefault(truth.Award.UserId) is { } user && truth.User != user.Shown)
            {
                yield return $"{row.RowKey}: shows {truth.User}, but the user is {user.Shown}";
            }
        }

        foreach (var row in content.Rows('C').Concat(content.Rows('S')).Concat(content.Rows('K')).Where(row => !expected.Contains((row.PartitionKey, row.RowKey))))
        {
            yield return $"{row.RowKey}: a list row without an award that stands in it";
        }
    }

    private static string? Difference(StoredAward truth, TableEntity? view) =>
        view is null ? "is missing"
        : AwardRow.Read(view) is var shown && shown.Award != truth.Award ? $"shows {shown.Award} instead of {truth.Award}"
        : shown.User != truth.User ? $"shows {shown.User} instead of {truth.User}"
        : null;
}
