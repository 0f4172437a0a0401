using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>The rows that answer a <see cref="HolderList"/>: a range of keys in each shard, and what of it counts.</summary>
internal sealed class HolderRows(HolderList list)
{
    private readonly (string From, string To) keys = KeysOf(list);
    private readonly string? search = list.Search is null ? null : StorageKey.Fold(list.Search);

    public bool IsEmpty => list.Expiries.IsEmpty;

    /// <summary>Whether rows of the range may not count.</summary>
    public bool MayDrop => list.Active is not null || (list.Sort == AwardSort.Username && (search is not null || list.Expiries != ExpiryRange.All));

    public RowRange In(Shard shard) => new(AwardKeys.Partition(shard), keys);

    /// <returns>Null: the row does not count.</returns>
    public HeldAward? Keep(TableEntity row)
    {
        var stored = AwardRow.Read(row);
        return list.Expiries.Includes(stored.Award.ExpiresOn) && Finds(stored) ? new HeldAward(stored.Award, stored.User) : null;
    }

    /// <summary>Whether its user is one of those who are looked for: a range of keys may take in others.</summary>
    public bool Finds(StoredAward stored) =>
        (list.Active is null || stored.User.Active == list.Active)
        && (search is null || StorageKey.Fold(stored.User.Username).StartsWith(search, StringComparison.Ordinal));

    private static (string From, string To) KeysOf(HolderList list) => list.Sort switch
    {
        AwardSort.Username when list.Search is { } prefix => AwardKeys.UsernamesFrom(list.CertificationCode, prefix),
        AwardSort.Username => AwardKeys.AllByUsername(list.CertificationCode),
        _ => AwardKeys.Expiring(list.CertificationCode, list.Expiries),
    };
}
