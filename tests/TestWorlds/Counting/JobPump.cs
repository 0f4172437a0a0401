using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Storage;

namespace CertFunctions.TestWorlds.Counting;

/// <summary>Takes messages from the queues and gives them to the functions, as many at once as the triggers would (host.json).</summary>
public sealed class JobPump(CountedApp app)
{
    private const int BatchSize = 8;
    private const int NewBatchThreshold = 4;
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(10);

    private readonly QueueClient steps = app.Clients.Queue(StorageNames.Queues.JobSteps);
    private readonly QueueClient runs = app.Clients.Queue(StorageNames.Queues.JobRuns);

    /// <summary>Goes on until both queues are empty. A function that throws ends it.</summary>
    public async Task RunUntilEmptyAsync(CancellationToken cancellationToken)
    {
        await RunUntilEmptyAsync(steps, app.Function<AdvanceJob>().Run, cancellationToken);
        await RunUntilEmptyAsync(runs, app.Function<ProcessJobRun>().Run, cancellationToken);
    }

    public async Task ForgetMessagesAsync(CancellationToken cancellationToken)
    {
        await steps.ClearMessagesAsync(cancellationToken);
        await runs.ClearMessagesAsync(cancellationToken);
    }

    private static async Task RunUntilEmptyAsync(
        QueueClient queue, Func<string, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var running = new List<Task>();
        do
        {
            if (running.Count <= NewBatchThreshold)
            {
                QueueMessage[] messages = await queue.ReceiveMessagesAsync(BatchSize, Hidden, cancellationToken);
                running.AddRange(messages.Select(message => RunAsync(queue, message, run, cancellationToken)));
            }

            if (running.Count > 0)
            {
                var ended = await Task.WhenAny(running);
                running.Remove(ended);
                await ended;
            }
        }
        while (running.Count > 0);
    }

    private static async Task RunAsync(
        QueueClient queue, QueueMessage message, Func<string, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        await run(message.Body.ToString(), cancellationToken);
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
    }
}
