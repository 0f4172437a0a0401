using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Directory;

/// <summary>A branch as callers see it.</summary>
public sealed record BranchAnswer(LmsId Id, string Name, LmsId? ParentId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static BranchAnswer Of(Branch branch) => new(branch.Id, branch.Name, branch.ParentId, branch.CreatedAt, branch.UpdatedAt);
}
