using CertFunctions.Core;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using CertFunctions.Operations.Checking;

namespace CertFunctions.TestWorlds.Faults;

/// <summary>
/// Takes messages from the real queues and hands them to a worker as the trigger does: a failure is delivered again, the fifth one sends
/// the message to the poison queue, which has none of its own. What it took and did not finish counts as hidden in the queue.
/// </summary>
public sealed class JobQueues(StorageClients storage)
{
    private const int MaxDeliveries = 5;
    private const int RoundsUntilHung = 50;

    private static readonly string[] Work =
    [
        StorageNames.Queues.JobSteps, StorageNames.Queues.JobRuns, StorageNames.Queues.SmallJobRuns, StorageNames.Queues.WebhookMessages,
    ];

    private static readonly string[] Poison =
    [
        StorageNames.Queues.JobStepsPoison, StorageNames.Queues.JobRunsPoison, StorageNames.Queues.SmallJobRunsPoison,
        StorageNames.Queues.WebhookMessagesPoison,
    ];

    private readonly List<QueuedMessage> taken = [];
    private readonly List<QueuedMessage> hidden = [];

    /// <summary>Taken and not finished.</summary>
    public IReadOnlyList<QueuedMessage> Pending => [.. taken];

    /// <summary>What is pending, and what <see cref="Hide"/> has hidden.</summary>
    public IReadOnlyList<QueuedMessage> InFlight => [.. taken, .. hidden];

    /// <summary>Takes all that is waiting and adds it to what is pending. The runs of a job come in any order: several are sent at once.</summary>
    public async Task<IReadOnlyList<QueuedMessage>> TakeAsync()
    {
        foreach (var queue in Work.Concat(Poison))
        {
            await TakeAsync(queue);
        }

        return Pending;
    }

    /// <summary>The pending message of a run.</summary>
    public QueuedMessage PendingRun(JobId id, int run) =>
        Pending.Single(message => JobMessage.TryParse(message.Text, out var ofJob, out var ofRun) && ofJob == id && ofRun == run);

    /// <summary>What is pending stays away, as the platform hides for minutes what a crashed process had taken.</summary>
    public void Hide()
    {
        hidden.AddRange(taken);
        taken.Clear();
    }

    public void ShowHidden()
    {
        taken.AddRange(hidden);
        hidden.Clear();
    }

    /// <summary>Delivers all messages, those that come meanwhile too, until none is left. A crash of the worker is thrown.</summary>
    public async Task RunToEndAsync(Worker worker)
    {
        for (var round = 0; (await TakeAsync()).Count > 0; round++)
        {
            if (round == RoundsUntilHung)
            {
                throw new InvalidOperationException($"Messages go on without end: {Pending[0]}");
            }

            foreach (var message in Pending)
            {
                await DeliverAsync(worker, message);
            }
        }
    }

    /// <summary>The same with many at once.</summary>
    public async Task RunToEndAsync(IReadOnlyList<Worker> workers)
    {
        while ((await TakeAsync()).Count > 0)
        {
            await Task.WhenAll(Pending.Select((message, index) => DeliverAsync(workers[index % workers.Count], message)));
        }
    }

    /// <summary>One delivery, with what follows from its success or failure.</summary>
    public async Task DeliverAsync(Worker worker, QueuedMessage message)
    {
        try
        {
            await worker.HandleAsync(message);
            Remove(message);
        }
        catch (Exception e) when (e is not CrashException && !worker.Storage.HasCrashed)
        {
            await FailAsync(message);
        }
    }

    public Task SendAsync(string queue, string text) => storage.Queue(queue).SendMessageAsync(text);

    private async Task FailAsync(QueuedMessage message)
    {
        Remove(message);
        if (message.Deliveries + 1 == MaxDeliveries && !Poison.Contains(message.Queue))
        {
            await SendAsync(message.Queue + "-poison", message.Text);
            return;
        }

        lock (taken)
        {
            taken.Add(message with { Deliveries = message.Deliveries + 1 });
        }
    }

    private void Remove(QueuedMessage message)
    {
        lock (taken)
        {
            taken.Remove(message);
        }
    }

    private async Task TakeAsync(string name)
    {
        var queue = storage.Queue(name);
        while ((await queue.ReceiveMessagesAsync(maxMessages: 32)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
                taken.Add(new QueuedMessage(name, message.Body.ToString()));
            }
        }
    }
}
