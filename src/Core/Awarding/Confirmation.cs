using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Whether as many users may be awarded as were found.</summary>
internal static class Confirmation
{
    /// <summary>The job, failed before anyone is awarded where its users are not as many as were confirmed.</summary>
    public static Job Check(Job job, DateTimeOffset now) => (AwardUsersWork)job.Work is { ConfirmUsers: { } expected } && expected != job.Total
        ? job.Failed(ErrorCode.ConfirmationMismatch, $"{expected} users were confirmed, but the selection has {job.Total}. Nobody was awarded.", now)
        : job;

    /// <summary>
    /// The same, and failed where they are more than may be awarded without confirmation. Nearly always that is found out before the job is
    /// made; not where the selection has more sources than are counted then.
    /// </summary>
    /// <param name="most">0: any number.</param>
    public static Job Check(Job job, int most, DateTimeOffset now) =>
        most > 0 && job.Total > most && (AwardUsersWork)job.Work is { ConfirmUsers: null }
            ? job.Failed(ErrorCode.ConfirmationRequired, $"The selection has {job.Total} users, more than {most}: say so in confirmUsers. Nobody was awarded.", now)
            : Check(job, now);
}
