namespace CertFunctions.Core.Jobs;

/// <summary>Why a job is not what a caller takes it for.</summary>
public static class JobRejections
{
    public static Rejection NotFound(JobId id) => Rejection.NotFound(ErrorCode.JobNotFound, $"There is no job {id}.");

    /// <param name="why">Goes on behind "The job is completed and ".</param>
    public static Rejection StateConflict(Job job, string why) =>
        Rejection.Conflict(ErrorCode.JobStateConflict, $"Job {job.Id} is {WordsFor(job)} and {why}.");

    private static string WordsFor(Job job) => job.Status switch
    {
        _ when job.IsStopping => "stopping",
        JobStatus.CompletedWithErrors => "completed with errors",
        var status => status.ToString().ToLowerInvariant(),
    };
}
