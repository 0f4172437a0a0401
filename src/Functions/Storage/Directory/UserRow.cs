using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>A user as a row. The same columns stand in the user's own row and in the rows that find it by its names.</summary>
internal static class UserRow
{
    private const string DeletedAt = "deletedAt";

    public static TableEntity Of(string partitionKey, string rowKey, User user, UsernameClaim claim) => new(partitionKey, rowKey)
    {
        ["userId"] = user.Id.Value,
        ["username"] = user.Username,
        ["firstName"] = user.FirstName,
        ["lastName"] = user.LastName,
        ["email"] = user.Email,
        ["branchId"] = user.BranchId?.Value,
        ["active"] = user.Active,
        ["createdAt"] = user.CreatedAt,
        ["updatedAt"] = user.UpdatedAt,
        ["changedAt"] = user.ChangedAt,
        ["activeAt"] = user.ActiveAt,
        ["deleted"] = user.Deleted,
        ["version"] = user.Version,
        ["claim"] = claim.Token,
    };

    /// <summary>A user that does not exist: what is remembered of it, and what keeps apart those who are about to create it.</summary>
    /// <param name="deletedAt">When the LMS deleted it; null: nobody said so.</param>
    public static TableEntity OfNobody(LmsId id, DateTimeOffset? deletedAt) => new(UserKeys.Partition(id), UserKeys.OfUser(id))
    {
        ["userId"] = id.Value,
        [DeletedAt] = deletedAt,
    };

    /// <summary>Not so: it is a row of <see cref="OfNobody"/>.</summary>
    public static bool IsUser(TableEntity row) => row.ContainsKey("username");

    public static User Read(TableEntity row) => new()
    {
        Id = LmsId.Parse(row.GetString("userId")),
        Username = row.GetString("username"),
        FirstName = row.GetString("firstName"),
        LastName = row.GetString("lastName"),
        Email = row.GetString("email"),
        BranchId = row.GetString("branchId") is { } branch ? LmsId.Parse(branch) : null,
        Active = row.GetBoolean("active")!.Value,
        CreatedAt = row.GetDateTimeOffset("createdAt")!.Value,
        UpdatedAt = row.GetDateTimeOffset("updatedAt")!.Value,
        ChangedAt = row.GetDateTimeOffset("changedAt"),
        ActiveAt = row.GetDateTimeOffset("activeAt"),
        Deleted = row.GetBoolean("deleted") ?? false,
        Version = row.GetInt32("version")!.Value,
    };

    public static StoredUser ReadStored(TableEntity row)
    {
        var revision = row.ETag.ToString();
        if (!IsUser(row))
        {
            return new StoredUser(LmsId.Parse(row.GetString("userId")), null, null, row.GetDateTimeOffset(DeletedAt), revision);
        }

        var user = Read(row);
        return new StoredUser(user.Id, user, new UsernameClaim(user.Username, row.GetString("claim")), null, revision);
    }
}
