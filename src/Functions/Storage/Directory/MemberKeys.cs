using System.Globalization;
using CertFunctions.Core;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>
/// The keys of table Members: a partition for each source, rows in <see cref="ShardOrder"/>, and behind them what is left of those
/// who were removed.
/// </summary>
internal static class MemberKeys
{
    private const string Group = "G";
    private const string Branch = "B";
    private const string Removed = "~";

    public static string OfGroup(LmsId id, string generation) => StorageKey.Join(Group, id.Value, generation);

    public static string OfBranch(LmsId id) => StorageKey.Join(Branch, id.Value);

    public static string OfMember(LmsId userId) =>
        StorageKey.Join(Shard.Of(userId).Number.ToString("x1", CultureInfo.InvariantCulture), userId.Value);

    public static string OfRemoved(LmsId userId) => StorageKey.Join(Removed, OfMember(userId));

    public static RowRange Members(string partitionKey) => new(partitionKey, "0", "g");

    /// <summary>
    /// The same in two ranges. Whoever only asks whether there are more than a hundred has the answer of a large source from the
    /// first, a sixteenth of it: the emulator gathers all rows of a range before it cuts a page off them (30 ms at 20,000 rows).
    /// </summary>
    public static IReadOnlyList<RowRange> FirstShardAndRest(string partitionKey) =>
        [Members(partitionKey) with { To = "1" }, Members(partitionKey) with { From = "1" }];
}
