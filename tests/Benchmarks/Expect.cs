using CertFunctions.Core.Jobs;

namespace CertFunctions.Benchmarks;

/// <summary>A figure says nothing of work that was not done.</summary>
internal static class Expect
{
    public static void Counts(JobCounts expected, Job job)
    {
        if (job.Status != JobStatus.Completed || job.Counts != expected)
        {
            throw new InvalidOperationException($"Job {job.Id} is {job.Status} with {job.Counts}.");
        }
    }

    public static void Same(int expected, int found, string what)
    {
        if (expected != found)
        {
            throw new InvalidOperationException($"{found} {what}, not {expected}.");
        }
    }
}
