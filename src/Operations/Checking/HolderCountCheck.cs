using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.Operations.Checking;

/// <summary>Counts of holders and of expiries by month and by day (N) against the truths.</summary>
internal static class HolderCountCheck
{
    public static async Task<IEnumerable<string>> FindAsync(StoreContent content, StorageClients storage)
    {
        var held = content.Rows('U').Select(row => AwardRow.Read(row).Award).Where(award => award.Held)
            .ToLookup(award => (Shard.Of(award.UserId), award.CertificationCode));
        var counted = content.Rows('N').Select(row => (
            AwardKeys.ShardOf(row.PartitionKey),
            CertificationCode.Parse(row.RowKey["N!".Length..])));
        var keys = held.Select(awards => awards.Key).Union(counted);
        var found = await Task.WhenAll(keys.Select(key => FindAsync(key.Item1, key.Item2, [.. held[key]], storage)));
        return found.SelectMany(lines => lines);
    }

    private static async Task<IEnumerable<string>> FindAsync(
        Shard shard, CertificationCode code, IReadOnlyList<Award> held, StorageClients storage)
    {
        var stored = await HolderCount.LoadAsync(storage.Table(StorageNames.Tables.Awards), shard, code, CancellationToken.None);
        var lines = new List<string>();
        if (stored.Count != held.Count)
        {
            lines.Add($"N!{code.Key} in shard {shard.Number}: counts {stored.Count} holders, there are {held.Count}");
        }

        var months = Text(held.Where(award => !award.AlwaysValid).CountBy(award => award.ExpiresOn!.Value.AddDays(1 - award.ExpiresOn.Value.Day)));
        if (Text(stored.Months) is var storedMonths && storedMonths != months)
        {
            lines.Add($"N!{code.Key} in shard {shard.Number}: counts expiries {storedMonths}, there are {months}");
        }

        var days = DayText(held.Where(award => !award.AlwaysValid).CountBy(award => award.ExpiresOn!.Value));
        if (DayText(stored.ByDay) is var storedDays && storedDays != days)
        {
            lines.Add($"N!{code.Key} in shard {shard.Number}: counts expiries by day {storedDays}, there are {days}");
        }

        return lines;
    }

    private static string Text(IEnumerable<KeyValuePair<DateOnly, int>> months) =>
        string.Join(' ', months.OrderBy(month => month.Key).Select(month => $"{month.Key:yyyy-MM}={month.Value}"));

    private static string DayText(IEnumerable<KeyValuePair<DateOnly, int>> days) =>
        string.Join(' ', days.OrderBy(day => day.Key).Select(day => $"{day.Key:yyyy-MM-dd}={day.Value}"));
}
