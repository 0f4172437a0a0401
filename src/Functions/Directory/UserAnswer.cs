using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Directory;

/// <summary>A user as callers see it.</summary>
public sealed record UserAnswer(
    LmsId UserId,
    string Username,
    string FirstName,
    string LastName,
    string? Email,
    LmsId? BranchId,
    bool Active,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static UserAnswer Of(User user) => new(
        user.Id, user.Username, user.FirstName, user.LastName, user.Email, user.BranchId, user.Active, user.CreatedAt, user.UpdatedAt);
}
