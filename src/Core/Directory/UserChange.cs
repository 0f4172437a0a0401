using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Directory;

/// <summary>What was decided on a user.</summary>
/// <param name="Former">What it was decided on: it is written only if that is still so.</param>
/// <param name="Next">Equal to what was there: there is nothing to write.</param>
/// <param name="Entry">What the audit is to say of it, stored with it or not at all; null: nothing.</param>
public sealed record UserChange(StoredUser Former, User Next, AuditEntry? Entry)
{
    public LmsId UserId => Former.Id;

    /// <summary>Anybody sees it: more than the times of events differ.</summary>
    public bool IsSeen => Former.User is null || !Next.LooksLike(Former.User);

    /// <summary>Who was there before and is shown otherwise from now on.</summary>
    public bool IsShownOtherwise => Former.User is not null && Former.User.Shown != Next.Shown;

    /// <summary>The branch that the user was not in before; null: none.</summary>
    public LmsId? Joined => Next.BranchId == Former.User?.BranchId ? null : Next.BranchId;

    /// <summary>The branch that the user is in no longer; null: none.</summary>
    public LmsId? Left => Next.BranchId == Former.User?.BranchId ? null : Former.User?.BranchId;

    public bool NeedsClaim => Former.User is null || !FoldedText.AreSame(Former.User.Username, Next.Username);

    public Change<User> Result => IsSeen ? new Change<User>(Former.User, Next) : Change.None(Next);
}

/// <summary>A user as it is to be stored.</summary>
/// <param name="Claim">The claim under which it has its username.</param>
/// <param name="FollowUp">What is to be done afterwards; null: nothing.</param>
public sealed record UserWrite(UserChange Change, UsernameClaim Claim, UserFollowUp? FollowUp);
