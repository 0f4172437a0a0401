namespace CertFunctions.Core.Jobs;

/// <summary>Guesses how long a job takes yet.</summary>
public static class JobEta
{
    /// <returns>At the pace so far; null while nothing can be said, and at the end.</returns>
    public static int? SecondsLeft(Job job, DateTimeOffset now)
    {
        if (job.IsFinal || job.StartedAt is not { } startedAt || job.Total is not { } total || job.Counts.Processed == 0)
        {
            return null;
        }

        var left = (now - startedAt) / job.Counts.Processed * (total - job.Counts.Processed);
        return (int)Math.Ceiling(Math.Clamp(left.TotalSeconds, 0, int.MaxValue));
    }
}
