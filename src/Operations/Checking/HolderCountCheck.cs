using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.Operations.Checking;

/// <summary>
/// Counts of holders and of expiries by month and by day (N), and the marks of days on which awards of a certification expire (E), against the
/// truths: by the marks the awards of all certifications are found.
/// </summary>
internal static class HolderCountCheck
{
    public static IEnumerable<string> Find(StoreContent content)
    {
        var held = content.Rows('U').Select(row => AwardRow.Read(row).Award).Where(award => award.Held)
            .ToLookup(award => (Shard: Shard.Of(award.UserId), Code: award.CertificationCode));
        var counted = content.Rows('N').ToDictionary(row => (Shard: AwardKeys.ShardOf(row.PartitionKey), Code: AwardKeys.ReadHolderCount(row.RowKey)));
        var marked = content.Rows('E').Select(row => (Shard: AwardKeys.ShardOf(row.PartitionKey), Expiry: AwardKeys.ReadExpiry(row.RowKey)))
            .ToLookup(mark => (mark.Shard, mark.Expiry.Code), mark => mark.Expiry.ExpiresOn);
        return held.Select(awards => awards.Key).Union(counted.Keys).Union(marked.Select(marks => marks.Key)).SelectMany(key => Find(
            $"{key.Code.Key} in shard {key.Shard.Number}",
            HolderCount.Of(key.Shard, key.Code, counted.GetValueOrDefault(key)),
            [.. held[key].Select(award => award.ExpiresOn)],
            [.. marked[key]]));
    }

    /// <param name="held">When each award expires that is held; null: never.</param>
    /// <param name="marked">The same of the marks.</param>
    private static IEnumerable<string> Find(string name, HolderCount stored, IReadOnlyList<DateOnly?> held, HashSet<DateOnly?> marked)
    {
        if (stored.Count != held.Count)
        {
            yield return $"N!{name}: counts {stored.Count} holders, there are {held.Count}";
        }

        if ((Text(stored.Months), Text(held.OfType<DateOnly>().CountBy(Forecast.MonthOf))) is var (months, wantedMonths) && months != wantedMonths)
        {
            yield return $"N!{name}: counts expiries {months}, there are {wantedMonths}";
        }

        if ((Text(stored.ByDay), Text(held.OfType<DateOnly>().Where(day => stored.Counts(day)).CountBy(day => day))) is var (days, wantedDays) && days != wantedDays)
        {
            yield return $"N!{name}: counts expiries by day {days}, there are {wantedDays}";
        }

        foreach (var expiresOn in held.Distinct().Except(marked))
        {
            yield return $"E!{Text(expiresOn)} of {name}: is missing, although an award expires then";
        }

        // The mark of a day that is not counted stays for ever.
        foreach (var expiresOn in marked.Except(held).Where(stored.Counts))
        {
            yield return $"E!{Text(expiresOn)} of {name}: no award expires then";
        }
    }

    private static string Text(IEnumerable<KeyValuePair<DateOnly, int>> expiries) =>
        string.Join(' ', expiries.OrderBy(expiry => expiry.Key).Select(expiry => $"{Text(expiry.Key)}={expiry.Value}"));

    private static string Text(DateOnly? expiresOn) => expiresOn is { } day ? CalendarDate.ToText(day) : "never";
}
