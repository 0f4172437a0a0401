using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Whether as many users may be awarded as were found.</summary>
internal static class ConfirmedSelection
{
    /// <summary>
    /// The job, failed before anyone is awarded where its users are not as many as were confirmed, or more than may be awarded without confirmation.
    /// The latter is found out before the job is made, but not where the selection has more sources than are counted then.
    /// </summary>
    /// <param name="most">0: any number.</param>
    public static Job Check(Job job, int most, DateTimeOffset now)
    {
        var confirmed = ((AwardUsersWork)job.Work).ConfirmUsers;
        return Confirmation.WhyNot(job.Total!.Value, confirmed, most) switch
        {
            ErrorCode.ConfirmationMismatch => job.Failed(
                ErrorCode.ConfirmationMismatch, $"{confirmed} users were confirmed, but the selection has {job.Total}. Nobody was awarded.", now),
            ErrorCode.ConfirmationRequired => job.Failed(
                ErrorCode.ConfirmationRequired, $"The selection has {job.Total} users, more than {most}: say so in confirmUsers. Nobody was awarded.", now),
            _ => job,
        };
    }
}
