using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>A group as a row of table Directory. Deleted ones stay, so that versions go on and older events lose.</summary>
internal static class GroupRow
{
    public const string PartitionKey = "G";

    /// <summary>
    /// Part of the key of the group's members. A group that is created again gets another, so that deleting one of 100,000 members
    /// writes one row.
    /// </summary>
    public const string Generation = "generation";

    public const string Deleted = "deleted";

    public static RowRange All => new(PartitionKey, StorageKey.AllIds);

    public static TableEntity Of(Group group, string generation, bool deleted, DateTimeOffset changedAt) => new(PartitionKey, group.Id.Value)
    {
        ["name"] = group.Name,
        ["isNamed"] = group.IsNamed,
        ["createdAt"] = group.CreatedAt,
        ["updatedAt"] = group.UpdatedAt,
        ["changedAt"] = changedAt,
        ["version"] = group.Version,
        [Deleted] = deleted,
        [Generation] = generation,
    };

    public static bool IsDeleted(TableEntity row) => row.GetBoolean(Deleted)!.Value;

    public static DateTimeOffset ChangedAt(TableEntity row) => row.GetDateTimeOffset("changedAt")!.Value;

    public static Group Read(TableEntity row) => new()
    {
        Id = LmsId.Parse(row.RowKey),
        Name = row.GetString("name"),
        IsNamed = row.GetBoolean("isNamed") ?? true,
        CreatedAt = row.GetDateTimeOffset("createdAt")!.Value,
        UpdatedAt = row.GetDateTimeOffset("updatedAt")!.Value,
        Version = row.GetInt32("version")!.Value,
    };
}
