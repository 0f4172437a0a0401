using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>Creates or changes the user.</summary>
[StoredAs("user")]
public sealed record UserTask(UserEdit Edit) : RunTask
{
    /// <summary>The file has no column for it: what is stored stays.</summary>
    public bool KeepsEmail { get; init; }

    /// <summary>The file has no column for it: what is stored stays.</summary>
    public bool KeepsBranch { get; init; }

    /// <param name="former">As stored; null: a new user.</param>
    public UserEdit EditOf(User? former) => Edit with
    {
        Email = KeepsEmail ? former?.Email : Edit.Email,
        BranchId = KeepsBranch ? former?.BranchId : Edit.BranchId,
    };
}

/// <summary>Creates or renames a group and, where a user is given, makes the user a member.</summary>
[StoredAs("group")]
public sealed record GroupTask(LmsId GroupId, string Name) : RunTask;

/// <summary>Creates or changes a branch.</summary>
[StoredAs("branch")]
public sealed record BranchTask(LmsId BranchId, string Name, LmsId? ParentId) : RunTask;
