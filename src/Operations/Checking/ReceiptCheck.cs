using System.Globalization;
using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.Operations.Checking;

/// <summary>Receipts (J) against their results (R), their run and the totals of their job.</summary>
internal static class ReceiptCheck
{
    public static IEnumerable<string> Find(StoreContent content)
    {
        var receipts = content.Rows('J').Select(row => ReceiptRow.Read(
            row,
            JobId.Parse(row.RowKey.Split('!')[1]),
            Shard.Numbered(int.Parse(row.PartitionKey, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))).ToLookup(receipt => receipt.Key.JobId);
        foreach (var orphans in receipts.Where(receipts => content.Jobs.All(job => job.Id != receipts.Key)))
        {
            yield return $"Job {orphans.Key}: has receipts and does not exist";
        }

        foreach (var job in content.Jobs)
        {
            foreach (var line in receipts[job.Id].SelectMany(receipt => Find(receipt, job, content)))
            {
                yield return line;
            }

            var sum = receipts[job.Id].Aggregate(JobCounts.None, (counts, receipt) => counts + receipt.Counts);
            if (job.IsFinal && sum != job.Counts)
            {
                yield return $"Job {job.Id}: says {job.Counts}, its receipts add up to {sum}";
            }
        }
    }

    private static IEnumerable<string> Find(RunReceipt receipt, Job job, StoreContent content)
    {
        var results = ResultCheck.Of(receipt.Key, content).ToList();
        var sum = JobCounts.Of(results.Select(result => result.Outcome));
        if (sum != receipt.Counts)
        {
            yield return $"Job {job.Id} run {receipt.Key.Run}: its receipt says {receipt.Counts}, its results add up to {sum}";
        }

        var users = content.RunsOf[job.Id].FirstOrDefault(run => run.Run == receipt.Key.Run);
        if (users is null)
        {
            yield break;
        }

        // A retry looks again at what was processed before.
        if (receipt.Next > receipt.Counts.Processed || (!job.Turn.IsRetry && receipt.Stopped is null && receipt.Next != receipt.Counts.Processed))
        {
            yield return $"Job {job.Id} run {receipt.Key.Run}: stands at {receipt.Next} with {receipt.Counts.Processed} processed";
        }

        if (job.Status is JobStatus.Completed or JobStatus.CompletedWithErrors && receipt.Counts.Processed != users.Tasks.Count)
        {
            yield return $"Job {job.Id} run {receipt.Key.Run}: has processed {receipt.Counts.Processed} of {users.Tasks.Count} tasks";
        }
    }
}
