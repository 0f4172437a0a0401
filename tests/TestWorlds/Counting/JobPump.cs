using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Storage;

namespace CertFunctions.TestWorlds.Counting;

/// <summary>Takes messages from the queues and gives them to the functions, as many at once as the triggers would (host.json).</summary>
/// <param name="app">Whose functions and queues.</param>
/// <param name="oneByOne">
/// Not at once, so that the same work takes the same requests: of runs that end at the same moment each may sum the job up.
/// </param>
public sealed class JobPump(CountedApp app, bool oneByOne = false)
{
    private readonly int batchSize = oneByOne ? 1 : 8;
    private readonly int newBatchThreshold = oneByOne ? 0 : 4;
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(10);

    private readonly QueueClient steps = app.Clients.Queue(StorageNames.Queues.JobSteps);
    private readonly QueueClient runs = app.Clients.Queue(StorageNames.Queues.JobRuns);
    private readonly QueueClient smallRuns = app.Clients.Queue(StorageNames.Queues.SmallJobRuns);

    /// <summary>Goes on until all queues are empty. A function that throws ends it.</summary>
    public async Task RunUntilEmptyAsync(CancellationToken cancellationToken)
    {
        await RunUntilEmptyAsync(steps, app.Function<AdvanceJob>().Run, cancellationToken);
        await RunUntilEmptyAsync(runs, app.Function<ProcessJobRun>().Run, cancellationToken);
        await RunUntilEmptyAsync(smallRuns, app.Function<ProcessSmallJobRun>().Run, cancellationToken);
    }

    public async Task ForgetMessagesAsync(CancellationToken cancellationToken)
    {
        await steps.ClearMessagesAsync(cancellationToken);
        await runs.ClearMessagesAsync(cancellationToken);
        await smallRuns.ClearMessagesAsync(cancellationToken);
    }

    private async Task RunUntilEmptyAsync(
        QueueClient queue, Func<string, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var running = new List<Task>();
        while (true)
        {
            if (running.Count <= newBatchThreshold)
            {
                QueueMessage[] messages = await queue.ReceiveMessagesAsync(batchSize, Hidden, cancellationToken);
                running.AddRange(messages.Select(message => RunAsync(queue, message, run, cancellationToken)));
            }

            if (running.Count == 0)
            {
                return;
            }

            var ended = await Task.WhenAny(running);
            running.Remove(ended);
            await ended;
        }
    }

    private static async Task RunAsync(
        QueueClient queue, QueueMessage message, Func<string, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        await run(message.Body.ToString(), cancellationToken);
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
    }
}
