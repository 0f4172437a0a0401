using Azure.Data.Tables;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.Operations.Checking;

/// <summary>
/// Truths (U) against the rows of the lists, of holders (C and S) and of those who hold no more (K), key by key and member by member, and against the
/// users' names.
/// </summary>
internal static class AwardCheck
{
    public static IEnumerable<string> Find(StoreContent content)
    {
        var expected = new HashSet<(string, string)>();
        foreach (var row in content.Rows('U'))
        {
            var truth = AwardRow.Read(row);
            foreach (var key in AwardViews.KeysOf(truth.Award, truth.Name))
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

            if (content.Users.GetValueOrDefault(truth.Award.UserId) is { } user && user.Name != truth.Name)
            {
                yield return $"{row.RowKey}: shows the name {truth.Name}, but the user is called {user.Name}";
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
        : shown.Name != truth.Name ? $"shows the name {shown.Name} instead of {truth.Name}"
        : null;
}
