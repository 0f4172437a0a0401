using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>A user as a row. The same columns stand in the user's own row and in the rows that find it by its names.</summary>
internal static class UserRow
{
    public static TableEntity Of(string partitionKey, string rowKey, User user, UsernameClaim claim) => new(partitionKey, rowKey)
    {
        ["UserId"] = user.Id.Value,
        ["Username"] = user.Username,
        ["FirstName"] = user.FirstName,
        ["LastName"] = user.LastName,
        ["Email"] = user.Email,
        ["BranchId"] = user.BranchId?.Value,
        ["Active"] = user.Active,
        ["CreatedAt"] = user.CreatedAt,
        ["UpdatedAt"] = user.UpdatedAt,
        ["ChangedAt"] = user.ChangedAt,
        ["ActiveAt"] = user.ActiveAt,
        ["Deleted"] = user.Deleted,
        ["Version"] = user.Version,
        ["Claim"] = claim.Token,
    };

    public static User Read(TableEntity row) => new()
    {
        Id = LmsId.Parse(row.GetString("UserId")),
        Username = row.GetString("Username"),
        FirstName = row.GetString("FirstName"),
        LastName = row.GetString("LastName"),
        Email = row.GetString("Email"),
        BranchId = row.GetString("BranchId") is { } branch ? LmsId.Parse(branch) : null,
        Active = row.GetBoolean("Active")!.Value,
        CreatedAt = row.GetDateTimeOffset("CreatedAt")!.Value,
        UpdatedAt = row.GetDateTimeOffset("UpdatedAt")!.Value,
        ChangedAt = row.GetDateTimeOffset("ChangedAt"),
        ActiveAt = row.GetDateTimeOffset("ActiveAt"),
        Deleted = row.GetBoolean("Deleted") ?? false,
        Version = row.GetInt32("Version")!.Value,
    };

    public static StoredUser ReadStored(TableEntity row)
    {
        var user = Read(row);
        return new StoredUser(user, new UsernameClaim(user.Username, row.GetString("Claim")), row.ETag.ToString());
    }
}
