using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Whether as many users may be awarded as were found.</summary>
internal static class ConfirmedSelection
{
    /// <summary>
    /// The job, failed before anything is done where its tasks are not as many as were confirmed, or more than may be done without confirmation.
    /// The latter is found out before the job is made where they can be counted then. A plan does nothing, and is how the number is found out.
    /// </summary>
    /// <param name="most">0: any number.</param>
    public static Job Check(Job job, int most, DateTimeOffset now)
    {
        if (job.IsPlan)
        {
            return job;
        }

        var confirmed = job.Work.ConfirmUsers;
        return Confirmation.WhyNot(job.Total!.Value, confirmed, most) switch
        {
            ErrorCode.ConfirmationMismatch => job.Failed(
                ErrorCode.ConfirmationMismatch, $"{confirmed} were confirmed, but there are {job.Total}. Nothing was done.", now),
            ErrorCode.ConfirmationRequired => job.Failed(
                ErrorCode.ConfirmationRequired, $"There are {job.Total}, more than {most}: say so in confirmUsers. Nothing was done.", now),
            _ => job,
        };
    }
}
