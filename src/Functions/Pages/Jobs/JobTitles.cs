using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Pages.Jobs;

/// <summary>What people call a job, and how it stands.</summary>
internal static class JobTitles
{
    public static string Of(Job job) => job.IsPlan ? $"Plan: {Of(job.Work)}" : Of(job.Work);

    public static string StatusOf(Job job) => job.IsStopping ? "Stopping" : Words.Of(job.Status);

    public static string ClassOf(Job job) => job.Status switch
    {
        JobStatus.Completed => "",
        JobStatus.CompletedWithErrors => "warn",
        JobStatus.Failed => "bad",
        _ => "off",
    };

    /// <param name="seconds">A guess, so no more exact than people are.</param>
    public static string Left(int seconds) => seconds switch
    {
        < 60 => $"about {Words.Count(Math.Max(seconds, 1), "second", "seconds")} left",
        < 3600 => $"about {Words.Count((seconds + 59) / 60, "minute", "minutes")} left",
        _ => $"about {Words.Count((seconds + 3599) / 3600, "hour", "hours")} left",
    };

    private static string Of(Work work) => work.Kind switch
    {
        JobKind.Award => $"Award {work.About}",
        JobKind.Retroactive => $"Award {work.About} retroactively",
        JobKind.Undo => work.About is null ? "Undo" : $"Undo, {work.About}",
        _ => $"Import {work.FilePath}",
    };
}
