using System.Globalization;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.Operations.Checking;

/// <summary>Counts of holders and of expiries by month (N) against the truths.</summary>
internal static class HolderCountCheck
{
    public static async Task<IEnumerable<string>> FindAsync(StoreContent content, StorageClients storage)
    {
        var held = content.Rows('U').Select(row => AwardRow.Read(row).Award).Where(award => award.Held)
            .ToLookup(award => (Shard.Of(award.UserId), award.CertificationCode));
        var counted = content.Rows('N').Select(row => (
            Shard.Numbered(int.Parse(row.PartitionKey, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
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

        return lines;
    }

    private static string Text(IEnumerable<KeyValuePair<DateOnly, int>> months) =>
        string.Join(' ', months.OrderBy(month => month.Key).Select(month => $"{month.Key:yyyy-MM}={month.Value}"));
}
