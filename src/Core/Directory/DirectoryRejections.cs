namespace CertFunctions.Core.Directory;

/// <summary>Why calls on the directory are refused.</summary>
public static class DirectoryRejections
{
    public static Rejection UserNotFound(LmsId id) => Rejection.NotFound("user_not_found", $"There is no user {id}.");

    public static Rejection UserDeactivated(LmsId id) =>
        Rejection.Conflict("user_deactivated", $"User {id} is deactivated and gets no new awards.");

    public static Rejection UsernameTaken(string username) =>
        Rejection.Conflict("username_taken", $"Another user has the username {username}; upper and lower case do not differ.");

    public static Rejection GroupNotFound(LmsId id) => Rejection.NotFound("group_not_found", $"There is no group {id}.");

    public static Rejection MemberNotFound(LmsId groupId, LmsId userId) =>
        Rejection.NotFound("member_not_found", $"User {userId} is not a member of group {groupId}.");

    public static Rejection BranchNotFound(LmsId id) => Rejection.NotFound("branch_not_found", $"There is no branch {id}.");

    /// <param name="member">The member of the request that names the branch.</param>
    public static Rejection UnknownBranch(string member) => Rejection.Invalid("branch_not_found", member, "names no branch");

    /// <param name="member">The member of the request that names the group.</param>
    public static Rejection UnknownGroup(string member) => Rejection.Invalid("group_not_found", member, "names no group");

    /// <param name="member">The member of the request that names the user.</param>
    public static Rejection UnknownUser(string member) => Rejection.Invalid("user_not_found", member, "names no user");

    public static Rejection BranchCycle(LmsId id) =>
        Rejection.Conflict("branch_cycle", $"Branch {id} cannot lie below itself.");

    public static Rejection BranchInUse(LmsId id) =>
        Rejection.Conflict("branch_in_use", $"Branch {id} has users or branches below it. Move them first.");

    public static Rejection BranchLimitReached() =>
        Rejection.Conflict("branch_limit_reached", $"There are {Limits.Branches} branches already, the most there can be.");

    public static Rejection ExternalTrainingNotFound(LmsId id) =>
        Rejection.NotFound("external_training_not_found", $"There is no external training {id}.");
}
