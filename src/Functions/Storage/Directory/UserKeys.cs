using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>The keys of table Users. PartitionKey is the user's shard; username claims lie in 256 partitions of their own.</summary>
internal static class UserKeys
{
    private const string User = "U";
    private const string Name = "N";
    private const string FollowUp = "F";
    private const string Deletion = "D";
    private const string Claim = "C";

    /// <summary>One row a shard: see <see cref="IUserStore.FindNamesRevisionAsync"/>.</summary>
    public const string NamesRevision = "R";

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

    public static RowRange FollowUps(LmsId userId) => new(Partition(userId), StorageKey.RangeBelow(FollowUp, userId.Value));

    public static RowRange FollowUps(Shard shard) => new(StorageKey.OfShard(shard), StorageKey.RangeBelow(FollowUp));

    public static string OfDeletion(LmsId userId) => StorageKey.Join(Deletion, userId.Value);

    public static (string PartitionKey, string RowKey) OfClaim(string username)
    {
        var key = StorageKey.OfText(username);
        return (StorageKey.Join(Claim, StorageKey.SpreadOf(key)), key);
    }
}
