using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>Lists of awards in table storage: the same range of all 16 shards, merged.</summary>
internal sealed class TableAwardListStore(TableClient table) : IAwardListStore
{
    /// <summary>A page for which some rows are dropped looks at this many for each that it may hold, then ends short.</summary>
    private const int RowsLookedAtPerRow = 4;

    /// <summary>Rows of a shard that are held while a whole list is read: 16 × 200 × about 1 KiB are 3 MiB.</summary>
    private const int RowsHeld = 200;

    public async Task<Page<HeldAward>> ListAsync(HolderList list, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = new HolderRows(list);
        if (rows.IsEmpty)
        {
            return new Page<HeldAward>([], null);
        }

        var most = rows.MayDrop ? page.Limit * RowsLookedAtPerRow : page.Limit;
        var read = await ShardMerge.ReadFirstAsync(table, rows.In, page.After, most + 1, cancellationToken);
        var found = new List<HeldAward>(page.Limit);
        foreach (var (index, row) in read.Take(most).Index())
        {
            if (rows.Keep(row) is not { } held)
            {
                continue;
            }

            found.Add(held);
            if (found.Count == page.Limit)
            {
                return new Page<HeldAward>(found, index + 1 < read.Count ? row.RowKey : null);
            }
        }

        return new Page<HeldAward>(found, read.Count > most ? read[most - 1].RowKey : null);
    }

    public async IAsyncEnumerable<HeldAward> ReadAsync(HolderList list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = new HolderRows(list);
        if (rows.IsEmpty)
        {
            yield break;
        }

        await foreach (var row in ShardMerge.ReadAsync(table, rows.In, RowsHeld, cancellationToken))
        {
            if (rows.Keep(row) is { } held)
            {
                yield return held;
            }
        }
    }

    public Task<Page<HeldAward>> ListOfUserAsync(LmsId userId, PageRequest page, CancellationToken cancellationToken) =>
        ListOfUserAsync(userId, held: true, page, cancellationToken);

    public Task<Page<HeldAward>> ListEndedOfUserAsync(LmsId userId, PageRequest page, CancellationToken cancellationToken) =>
        ListOfUserAsync(userId, held: false, page, cancellationToken);

    public async Task<Page<Award>> ListVersionsAsync(Award latest, PageRequest page, CancellationToken cancellationToken)
    {
        // Versions follow each other without a gap, so the keys of a page are known although storage reads upwards only.
        var newest = page.After is { } after ? int.Parse(after, CultureInfo.InvariantCulture) - 1 : latest.Version;
        var oldest = Math.Max(newest - page.Limit + 1, 1);
        var versions = await SupersededRows.ReadAsync(table, latest, oldest, Math.Min(newest, latest.Version - 1), cancellationToken);
        var items = newest >= latest.Version ? versions.Append(latest) : versions;
        return new Page<Award>([.. items.Reverse()], oldest > 1 ? oldest.ToString(CultureInfo.InvariantCulture) : null);
    }

    private async Task<Page<HeldAward>> ListOfUserAsync(LmsId userId, bool held, PageRequest page, CancellationToken cancellationToken)
    {
        var range = new RowRange(AwardKeys.Partition(Shard.Of(userId)), AwardKeys.TruthsOf(userId)).After(page.After);
        List<TableEntity> found = [];
        await foreach (var row in range.ReadAsync(table, Limits.PageSize + 1, cancellationToken))
        {
            if (row.GetBoolean(AwardRow.Held) != held)
            {
                continue;
            }

            if (found.Count == page.Limit)
            {
                return new Page<HeldAward>([.. found.Select(HeldIn)], found[^1].RowKey);
            }

            found.Add(row);
        }

        return new Page<HeldAward>([.. found.Select(HeldIn)], null);
    }

    private static HeldAward HeldIn(TableEntity row)
    {
        var stored = AwardRow.Read(row);
        return new HeldAward(stored.Award, stored.User);
    }
}
