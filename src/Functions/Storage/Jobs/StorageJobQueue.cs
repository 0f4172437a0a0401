using Azure.Storage.Queues;
using CertFunctions.Core;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Jobs;

/// <summary>
/// Sends the messages of jobs and waits until the queue has them. (An output binding would send them after the caller was
/// answered, when a crash loses them.)
/// </summary>
internal sealed class StorageJobQueue(QueueClient steps, QueueClient runs, QueueClient smallRuns) : IJobQueue
{
    private const int SentAtOnce = 16;

    /// <summary>As many as the service shows.</summary>
    private const int MessagesPeeked = 32;

    public Task SendStepAsync(JobId id, CancellationToken cancellationToken) =>
        steps.SendMessageAsync(JobMessage.OfJob(id), cancellationToken);

    public Task SendRunsAsync(Job job, IEnumerable<int> runNumbers, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        runNumbers,
        new ParallelOptions { MaxDegreeOfParallelism = SentAtOnce, CancellationToken = cancellationToken },
        async (run, token) => await RunsOf(job.IsSmall).SendMessageAsync(JobMessage.OfRun(job.Id, run), token));

    public async Task<WaitingRuns> PeekWaitingRunsAsync(bool ofSmallJobs, CancellationToken cancellationToken)
    {
        try
        {
            var messages = (await RunsOf(ofSmallJobs).PeekMessagesAsync(MessagesPeeked, cancellationToken)).Value;
            var jobs = messages.Select(message => JobMessage.TryParse(message.Body.ToString(), out var jobId, out _) ? jobId : null);
            return new WaitingRuns(jobs.OfType<JobId>().ToHashSet(), IsAll: messages.Length < MessagesPeeked);
        }
        catch (FormatException)
        {
            // One is not base64, which hides the others until the host has moved it to the poison queue.
            return new WaitingRuns(new HashSet<JobId>(), IsAll: false);
        }
    }

    private QueueClient RunsOf(bool isSmall) => isSmall ? smallRuns : runs;
}
