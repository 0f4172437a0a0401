using System.Globalization;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Operations.Checking;

/// <summary>A job is final, or something will move it on; the index of active jobs says the same; final counts add up.</summary>
internal static class JobCheck
{
    public static IEnumerable<string> Find(StoreContent content) => content.Jobs.SelectMany(job => Find(job, content))
        .Concat(content.ActiveJobs.Where(id => content.Jobs.All(job => job.Id.Value != id)).Select(id => $"Job {id}: is listed as active and does not exist"));

    private static IEnumerable<string> Find(Job job, StoreContent content)
    {
        var isListed = content.ActiveJobs.Contains(job.Id.Value);
        if (job.IsFinal)
        {
            return isListed ? [$"Job {job.Id}: is {job.Status} and still listed as active", .. FindInFinal(job)] : FindInFinal(job);
        }

        return isListed ? FindStalled(job, content) : [$"Job {job.Id}: is {job.Status} and not listed as active", .. FindStalled(job, content)];
    }

    private static IEnumerable<string> FindStalled(Job job, StoreContent content)
    {
        if (!content.HasHiddenMessages && content.Messages.All(message => !message.Text.Contains(job.Id.Value, StringComparison.Ordinal)))
        {
            yield return $"Job {job.Id}: is {job.Status}, and no message is in flight for it";
        }
    }

    private static IEnumerable<string> FindInFinal(Job job)
    {
        if (job.FinishedAt is null)
        {
            yield return $"Job {job.Id}: is {job.Status} without a time when it finished";
        }

        if (job.Status == JobStatus.Failed ? job.Error is null : job.Error is not null)
        {
            yield return $"Job {job.Id}: is {job.Status} with the error {job.Error}";
        }

        if (job.Status is not (JobStatus.Completed or JobStatus.CompletedWithErrors))
        {
            yield break;
        }

        if (job.Total is null || job.Counts.Processed != job.Total)
        {
            yield return $"Job {job.Id}: is {job.Status} with {job.Counts.Processed} processed of {TotalOf(job)}";
        }

        if (job.Counts.Failed > 0 != (job.Status == JobStatus.CompletedWithErrors))
        {
            yield return $"Job {job.Id}: is {job.Status} with {job.Counts.Failed} failed";
        }
    }

    private static string TotalOf(Job job) => job.Total?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number";
}
