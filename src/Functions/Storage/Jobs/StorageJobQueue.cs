using Azure.Storage.Queues;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Jobs;

/// <summary>
/// Sends the messages of jobs and waits until the queue has them. (An output binding would send them after the caller was
/// answered, when a crash loses them.)
/// </summary>
internal sealed class StorageJobQueue(QueueClient expansions, QueueClient imports, QueueClient runs) : IJobQueue
{
    private const int SentAtOnce = 16;

    public Task SendExpansionAsync(JobId id, CancellationToken cancellationToken) =>
        expansions.SendMessageAsync(JobMessage.OfJob(id), cancellationToken);

    public Task SendImportAsync(JobId id, CancellationToken cancellationToken) =>
        imports.SendMessageAsync(JobMessage.OfJob(id), cancellationToken);

    public Task SendRunsAsync(JobId id, IEnumerable<int> runNumbers, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        RunOrder.Spread([.. runNumbers]),
        new ParallelOptions { MaxDegreeOfParallelism = SentAtOnce, CancellationToken = cancellationToken },
        async (run, token) => await runs.SendMessageAsync(JobMessage.OfRun(id, run), token));

    public async Task<bool> HasWaitingRunsAsync(CancellationToken cancellationToken) =>
        (await runs.PeekMessageAsync(cancellationToken)).Value is not null;
}
