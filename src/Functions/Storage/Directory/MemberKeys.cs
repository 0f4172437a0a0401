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
}
