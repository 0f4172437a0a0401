using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>What is reported of a change of the directory.</summary>
internal static class DirectoryResults
{
    /// <summary>Whether the job changed it, this time or before a crash.</summary>
    public static bool Changed<T>(this Job job, Change<T> change, DateTimeOffset updatedAt)
        where T : class => change.Changed || updatedAt >= job.CreatedAt;

    public static JobResult Of(RunTask task, bool isChanged) => isChanged
        ? JobResult.Of(task, null, ChangeOutcome.Updated, null, null)
        : JobResult.Of(task, null, ChangeOutcome.Skipped, ErrorCode.Unchanged, "It was so before.");

    /// <summary>Of a user who is not as the file wants it, and was not changed.</summary>
    public static JobResult ChangedSince(RunTask task, User user) =>
        JobResult.Of(task, user.Username, ChangeOutcome.Skipped, ErrorCode.ChangedSince, "There is later news of the user than the file.");

    public static JobResult Failed(RunTask task, Rejection why) => JobResult.Of(task, null, ChangeOutcome.Failed, why.Code, why.Detail);
}
