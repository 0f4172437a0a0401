using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>
/// Who held what on a day. Who holds a certification now stands in its list, and who holds it no more in one row, under the day of the end: so each
/// user is come to once, and nobody who lost it before that day. The former versions are read of those only who may have held another one then.
/// </summary>
internal sealed class TablePastAwardStore(TableClient table) : IPastAwardStore
{
    private const int HistoriesReadAtOnce = 16;

    public async Task<Page<HeldAward>> ListAsync(PastHolderList list, PageRequest page, CancellationToken cancellationToken)
    {
        var sort = list.Search is null ? AwardSort.ExpiresOn : AwardSort.Username;
        var holders = new HolderRows(new HolderList(list.CertificationCode, ExpiryRange.All, sort, list.Search) { Active = list.Active });
        var (endedFrom, endedTo) = AwardKeys.EndedAfter(list.CertificationCode, list.Day);
        var isBehindHolders = page.After is { } after && AwardKeys.IsOfPastHolder(after);
        var read = isBehindHolders ? [] : await ShardMerge.ReadFirstAsync(table, holders.In, page.After, page.Limit + 1, cancellationToken);
        if (read.Count <= page.Limit)
        {
            var ended = await ShardMerge.ReadFirstAsync(
                table,
                shard => new RowRange(AwardKeys.Partition(shard), endedFrom, endedTo),
                isBehindHolders ? page.After : null,
                page.Limit + 1 - read.Count,
                cancellationToken);
            read = [.. read, .. ended];
        }

        var found = await HeldAsync(Core.Pages.Cut(read, page.Limit, row => row.RowKey), holders.Finds, list.Day, cancellationToken);
        return found.Where(held => list.Expiries.Includes(held.Award.ExpiresOn));
    }

    public async Task<Page<HeldAward>> ListOfUserAsync(LmsId userId, DateOnly day, PageRequest page, CancellationToken cancellationToken)
    {
        var range = new RowRange(AwardKeys.Partition(Shard.Of(userId)), AwardKeys.TruthsOf(userId));
        return await HeldAsync(await range.ReadPageAsync(table, page, cancellationToken), _ => true, day, cancellationToken);
    }

    private async Task<Page<HeldAward>> HeldAsync(
        Page<TableEntity> latest, Func<StoredAward, bool> isLookedFor, DateOnly day, CancellationToken cancellationToken)
    {
        var held = new List<HeldAward?>();
        foreach (var some in latest.Items.Select(AwardRow.Read).Where(isLookedFor).Chunk(HistoriesReadAtOnce))
        {
            held.AddRange(await Task.WhenAll(some.Select(one => FindHeldAsync(one, day, cancellationToken))));
        }

        return new Page<HeldAward>([.. held.OfType<HeldAward>()], latest.Next);
    }

    /// <returns>Null: the user did not hold it.</returns>
    private async Task<HeldAward?> FindHeldAsync(StoredAward latest, DateOnly day, CancellationToken cancellationToken)
    {
        if (!AwardHistory.TryTell(latest.Award, day, out var held))
        {
            var former = await SupersededRows.ReadAsync(table, latest.Award, 1, latest.Award.Version - 1, cancellationToken);
            held = new AwardHistory([.. former, latest.Award]).HeldOn(day);
        }

        return held is null ? null : new HeldAward(held, latest.User);
    }
}
