using System.Globalization;
using CertFunctions.Core;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>
/// The keys of table Members: a partition for each group, rows in <see cref="ShardOrder"/>, and behind them how many there are of each shard,
/// and what is left of those who were removed.
/// </summary>
internal static class MemberKeys
{
    private const string Group = "G";
    private const string Count = "z";
    private const string Removed = "~";

    public static string OfGroup(LmsId id, string generation) => StorageKey.Join(Group, id.Value, generation);

    public static string OfMember(LmsId userId) =>
        StorageKey.Join(Shard.Of(userId).Number.ToString("x1", CultureInfo.InvariantCulture), userId.Value);

    public static bool IsMemberOf(Shard shard, string rowKey) =>
        rowKey.StartsWith(shard.Number.ToString("x1", CultureInfo.InvariantCulture) + StorageKey.Separator, StringComparison.Ordinal);

    /// <summary>How many members of a shard a group has.</summary>
    public static string OfCount(Shard shard) => StorageKey.Join(Count, shard.Number.ToString("x1", CultureInfo.InvariantCulture));

    public static RowRange Counts(string partitionKey) => new(partitionKey, StorageKey.RangeBelow(Count));

    public static string OfRemoved(LmsId userId) => StorageKey.Join(Removed, OfMember(userId));

    public static RowRange Members(string partitionKey) => new(partitionKey, "0", "g");

    /// <summary>
    /// The same in two ranges. Whoever only asks whether there are more than a hundred has the answer of a large source from the
    /// first, a sixteenth of it: the emulator gathers all rows of a range before it cuts a page off them (30 ms at 20,000 rows).
    /// </summary>
    public static IReadOnlyList<RowRange> FirstShardAndRest(string partitionKey) =>
        [Members(partitionKey) with { To = "1" }, Members(partitionKey) with { From = "1" }];
}
