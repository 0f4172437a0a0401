namespace CertFunctions.Core.Directory;

/// <summary>Why calls on the directory are refused.</summary>
public static class DirectoryRejections
{
    public static Rejection UserNotFound(LmsId id) =>
        Rejection.NotFound(ErrorCode.UserNotFound, $"There is no user {id}.") with { AwaitedUser = id };

    public static Rejection UserDeactivated(LmsId id) =>
        Rejection.Conflict(ErrorCode.UserDeactivated, $"User {id} is deactivated and gets no new awards.");

    /// <param name="owner">Null: it is free by now.</param>
    public static Rejection UsernameTaken(string username, LmsId? owner) => Rejection.Conflict(
        ErrorCode.UsernameTaken, $"Another user has the username {username}; upper and lower case do not differ.") with
    { AwaitedUser = owner };

    public static Rejection GroupNotFound(LmsId id) => Rejection.NotFound(ErrorCode.GroupNotFound, $"There is no group {id}.");

    public static Rejection MemberNotFound(LmsId groupId, LmsId userId) =>
        Rejection.NotFound(ErrorCode.MemberNotFound, $"User {userId} is not a member of group {groupId}.");

    public static Rejection BranchNotFound(LmsId id) => Rejection.NotFound(ErrorCode.BranchNotFound, $"There is no branch {id}.");

    /// <param name="member">The member of the request that names the branch.</param>
    public static Rejection UnknownBranch(string member) => Rejection.Invalid(ErrorCode.BranchNotFound, member, "names no branch");

    /// <param name="member">The member of the request that names the group.</param>
    public static Rejection UnknownGroup(string member) => Rejection.Invalid(ErrorCode.GroupNotFound, member, "names no group");

    /// <param name="member">The member of the request that names the user.</param>
    public static Rejection UnknownUser(string member) => Rejection.Invalid(ErrorCode.UserNotFound, member, "names no user");

    public static Rejection BranchCycle(LmsId id) =>
        Rejection.Conflict(ErrorCode.BranchCycle, $"Branch {id} cannot lie below itself.");

    public static Rejection BranchInUse(LmsId id) =>
        Rejection.Conflict(ErrorCode.BranchInUse, $"Branch {id} has users or branches below it. Move them first.");

    public static Rejection BranchLimitReached() =>
        Rejection.Conflict(ErrorCode.BranchLimitReached, $"There are {Limits.Branches} branches already, the most there can be.");

    public static Rejection ExternalTrainingNotFound(LmsId id) =>
        Rejection.NotFound(ErrorCode.ExternalTrainingNotFound, $"There is no external training {id}.");
}
