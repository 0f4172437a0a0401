using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.Operations.Checking;

/// <summary>
/// What jobs accepted against what was written: every user of a finished job has one result, every result that says so wrote its version,
/// and every version that a job wrote is in its results.
/// </summary>
internal static class ResultCheck
{
    /// <summary>The results of a run, in its order.</summary>
    public static IEnumerable<JobResult> Of(RunKey run, StoreContent content)
    {
        var (from, to) = AwardKeys.ResultsOf(run);
        var partition = AwardKeys.Partition(run.Shard);
        return content.Rows('R')
            .Where(row => row.PartitionKey == partition && string.CompareOrdinal(row.RowKey, from) >= 0 && string.CompareOrdinal(row.RowKey, to) < 0)
            .OrderBy(row => row.RowKey, StringComparer.Ordinal)
            .SelectMany(ResultsRow.Read);
    }

    public static IEnumerable<string> Find(StoreContent content)
    {
        var versions = content.Rows('U').Concat(content.Rows('H')).Select(row => AwardRow.Read(row).Award)
            .ToLookup(award => (award.UserId, award.CertificationCode, award.Version));
        var claimed = new HashSet<(JobId, LmsId, CertificationCode, int)>();
        foreach (var job in content.Jobs)
        {
            foreach (var run in content.RunsOf[job.Id])
            {
                var results = Of(new RunKey(job.Id, run.Run, run.Shard), content).ToList();
                if (job.Status is JobStatus.Completed or JobStatus.CompletedWithErrors && !results.Select(result => result.UserId).SequenceEqual(run.Tasks.Select(task => task.UserId)))
                {
                    yield return $"Job {job.Id} run {run.Run}: its results are not those of its {run.Tasks.Count} tasks";
                }

                foreach (var result in results.Where(result => result.Version is not null))
                {
                    var code = (job.Work.About ?? result.CertificationCode)!;
                    claimed.Add((job.Id, result.UserId!, code, result.Version!.Value));
                    if (versions[(result.UserId!, code, result.Version.Value)].All(award => award.Change.Origin?.JobId != job.Id))
                    {
                        yield return $"Job {job.Id}: says that it wrote version {result.Version} for {result.UserId}; there is none of its own";
                    }
                }
            }
        }

        foreach (var award in versions.SelectMany(same => same).Where(award => award.Change.Origin?.JobId is not null))
        {
            if (!claimed.Contains((award.Change.Origin!.JobId!, award.UserId, award.CertificationCode, award.Version)))
            {
                yield return $"{award.UserId}/{award.CertificationCode} version {award.Version}: job {award.Change.Origin.JobId} wrote it and has no result that says so";
            }
        }
    }
}
