using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>A branch as a row of table Directory, and the row that counts the changes of the tree: in one partition, changed in one transaction.</summary>
internal static class BranchRow
{
    public const string PartitionKey = "B";
    public const string VersionKey = "!version";
    private const string Version = "version";

    public static RowRange All => new(PartitionKey, StorageKey.AllIds);

    public static TableEntity OfVersion(int version) => new(PartitionKey, VersionKey) { [Version] = version };

    public static int ReadVersion(TableEntity? row) => row?.GetInt32(Version) ?? 0;

    public static TableEntity Of(Branch branch) => new(PartitionKey, branch.Id.Value)
    {
        ["name"] = branch.Name,
        ["isNamed"] = branch.IsNamed,
        ["parentId"] = branch.ParentId?.Value,
        ["createdAt"] = branch.CreatedAt,
        ["updatedAt"] = branch.UpdatedAt,
        [Version] = branch.Version,
        ["isBeingDeleted"] = branch.IsBeingDeleted,
    };

    public static Branch Read(TableEntity row) => new()
    {
        Id = LmsId.Parse(row.RowKey),
        Name = row.GetString("name"),
        IsNamed = row.GetBoolean("isNamed") ?? true,
        ParentId = row.GetString("parentId") is { } parent ? LmsId.Parse(parent) : null,
        CreatedAt = row.GetDateTimeOffset("createdAt")!.Value,
        UpdatedAt = row.GetDateTimeOffset("updatedAt")!.Value,
        Version = row.GetInt32(Version)!.Value,
        IsBeingDeleted = row.GetBoolean("isBeingDeleted") ?? false,
    };
}
