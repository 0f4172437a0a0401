using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>The keys of table Users. PartitionKey is the user's shard; username claims lie in 16 partitions of their own.</summary>
internal static class UserKeys
{
    private const string User = "U";
    private const string Name = "N";
    private const string FollowUp = "F";
    private const string Branch = "B";
    private const string GatePart = "G";
    private const string Closings = "closings";
    private const string Claim = "C";

    /// <summary>One row a shard: see <see cref="IUserStore.FindShownRevisionAsync"/>.</summary>
    public const string ShownRevision = "R";

    public static string Partition(LmsId id) => StorageKey.OfShard(Shard.Of(id));

    public static string OfUser(LmsId id) => StorageKey.Join(User, id.Value);

    public static RowRange Users(Shard shard) => new(StorageKey.OfShard(shard), StorageKey.RangeBelow(User));

    /// <summary>The row that finds a user by one of its names.</summary>
    public static string OfName(string nameKey, LmsId id) => StorageKey.Join(Name, nameKey, id.Value);

    public static RowRange Names(Shard shard, string prefix) =>
        new(StorageKey.OfShard(shard), StorageKey.RangeOfPrefix(StorageKey.Join(Name, StorageKey.OfTextPrefix(prefix))));

    /// <summary>What a user is found by, each once, as a key.</summary>
    public static IReadOnlyList<string> NameKeys(User user) => [.. user.SearchedNames.Select(StorageKey.OfText).Distinct()];

    public static string OfFollowUp(LmsId userId, string id) => StorageKey.Join(FollowUp, userId.Value, id);

    /// <summary>Those of all users from one to another.</summary>
    public static RowRange FollowUps(Shard shard, LmsId first, LmsId last) => new(
        StorageKey.OfShard(shard), StorageKey.RangeBelow(FollowUp, first.Value).From, StorageKey.RangeBelow(FollowUp, last.Value).To);

    public static RowRange FollowUps(Shard shard) => new(StorageKey.OfShard(shard), StorageKey.RangeBelow(FollowUp));

    /// <summary>The row that finds a user in its branch.</summary>
    public static string InBranch(LmsId branchId, LmsId userId) => StorageKey.Join(Branch, branchId.Value, userId.Value);

    public static RowRange InBranch(Shard shard, LmsId branchId) => new(StorageKey.OfShard(shard), StorageKey.RangeBelow(Branch, branchId.Value));

    /// <summary>Whether the row, of a shard, finds a user by a name or in a branch.</summary>
    public static bool FindsUser(string rowKey) => rowKey.Split(StorageKey.Separator)[0] is Name or Branch;

    public static (LmsId BranchId, LmsId UserId) ReadInBranch(string rowKey) => rowKey.Split(StorageKey.Separator) is [_, var branch, var user]
        ? (LmsId.Parse(branch), LmsId.Parse(user))
        : throw new FormatException($"{rowKey} is no key of a user in a branch.");

    /// <summary>There while users of the shard may be written into the branch.</summary>
    public static string OfGate(LmsId branchId) => StorageKey.Join(GatePart, branchId.Value);

    /// <returns>The branch that the row opens; null: it is another row.</returns>
    public static LmsId? ReadGate(string rowKey) =>
        rowKey.Split(StorageKey.Separator) is [GatePart, var branch] ? LmsId.Parse(branch) : null;

    /// <summary>Both rows of a gate.</summary>
    public static RowRange Gate(Shard shard, LmsId branchId) => new(StorageKey.OfShard(shard), OfGate(branchId), StorageKey.RangeBelow(GatePart, branchId.Value).To);

    /// <summary>Changes whenever the gate is closed.</summary>
    public static string OfClosings(LmsId branchId) => StorageKey.Join(GatePart, branchId.Value, Closings);

    public static (string PartitionKey, string RowKey) OfClaim(string username)
    {
        var key = StorageKey.OfText(username);
        return (StorageKey.Join(Claim, StorageKey.SpreadOf(key)), key);
    }
}
