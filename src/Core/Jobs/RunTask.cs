using System.Text.Json.Serialization;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Jobs;

/// <summary>One thing that a run has to do: for one user, or for one line of a file.</summary>
[JsonDerivedType(typeof(OrderTask), "order")]
[JsonDerivedType(typeof(AwardTask), "award")]
[JsonDerivedType(typeof(RevokeTask), "revoke")]
[JsonDerivedType(typeof(CompletionTask), "completion")]
[JsonDerivedType(typeof(UserTask), "user")]
[JsonDerivedType(typeof(GroupTask), "group")]
[JsonDerivedType(typeof(BranchTask), "branch")]
[JsonDerivedType(typeof(DecidedTask), "decided")]
public abstract record RunTask
{
    private protected RunTask()
    {
    }

    /// <summary>Whom it is for; null: nobody is known, or it is not about a user.</summary>
    public LmsId? UserId { get; init; }

    /// <summary>The username as the file has it. Whoever carries the task out sees to it that the user is still called so.</summary>
    public string? Username { get; init; }

    /// <summary>The file names the user by the id, so that a username that comes along must be the user's.</summary>
    public bool IsNamedById { get; init; }

    /// <summary>The line of the file, counted from 1 with the header; null where there is no file.</summary>
    public int? Line { get; init; }
}

/// <summary>Does for the user what the order of the job says.</summary>
public sealed record OrderTask : RunTask;

/// <summary>Awards a certification to the user.</summary>
public sealed record AwardTask(CertificationCode Code, AwardOrder Order) : RunTask;

/// <summary>Unassigns a certification from the user.</summary>
public sealed record RevokeTask(CertificationCode Code, string? Reason) : RunTask;

/// <summary>Awards a certification for what the user completed before.</summary>
/// <param name="Completions">Of activities that the certification lists, the oldest first; at least one.</param>
public sealed record CompletionTask(CertificationCode Code, IReadOnlyList<Completion> Completions) : RunTask;

/// <summary>Creates or changes the user.</summary>
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
public sealed record GroupTask(LmsId GroupId, string Name) : RunTask;

/// <summary>Creates or changes a branch.</summary>
public sealed record BranchTask(LmsId BranchId, string Name, LmsId? ParentId) : RunTask;

/// <summary>
/// A line whose outcome was clear when it was read: it is only reported. Where the user is known, the user's own troubles (not found,
/// deactivated) are looked for first.
/// </summary>
public sealed record DecidedTask(AwardOutcome Outcome, string Code, string Detail) : RunTask;
