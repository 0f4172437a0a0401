using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.Operations.Checking;

/// <summary>Every version of an award from 1 to the latest is readable, once.</summary>
internal static class HistoryCheck
{
    public static IEnumerable<string> Find(StoreContent content)
    {
        var superseded = content.Rows('H').Select(row => (Row: row, AwardRow.Read(row).Award))
            .ToLookup(version => (version.Award.UserId, version.Award.CertificationCode));
        var truths = content.Rows('U').Select(row => AwardRow.Read(row).Award).ToDictionary(award => (award.UserId, award.CertificationCode));
        foreach (var (key, award) in truths)
        {
            var versions = superseded[key].Select(version => version.Award.Version).Order().ToList();
            var wanted = Enumerable.Range(1, award.Version - 1).ToList();
            if (!versions.SequenceEqual(wanted))
            {
                yield return $"{award.UserId}/{award.CertificationCode}: history has versions {string.Join(' ', versions)} before version {award.Version}";
            }

            foreach (var (row, version) in superseded[key].Where(version => AwardKeys.Superseded(version.Award) != version.Row.RowKey))
            {
                yield return $"{row.RowKey}: holds version {version.Version}";
            }
        }

        foreach (var versions in superseded.Where(versions => !truths.ContainsKey(versions.Key)))
        {
            yield return $"{versions.Key.UserId}/{versions.Key.CertificationCode}: has a history and no latest version";
        }
    }
}
