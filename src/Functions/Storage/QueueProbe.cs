using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Functions.Storage;

/// <summary>Looks into all queues from outside.</summary>
public sealed class QueueProbe(StorageClients clients, TimeProvider time)
{
    /// <summary>How long the first message has waited, by queue that functions work on; zero where none does.</summary>
    public Task<(string Queue, TimeSpan Age)[]> ReadAgesAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(In(typeof(Queues)).Where(name => !IsPoison(name) && name != Queues.Health).Select(name => ReadAgeAsync(name, cancellationToken)));

    /// <summary>How many messages nobody could process, by poison queue.</summary>
    public Task<(string Queue, int Messages)[]> ReadPoisonAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(In(typeof(Queues)).Where(IsPoison).Select(async name =>
            (name, (await clients.Queue(name).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount)));

    private async Task<(string Queue, TimeSpan Age)> ReadAgeAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var first = (await clients.Queue(name).PeekMessageAsync(cancellationToken)).Value;
            return (name, first?.InsertedOn is { } since ? time.GetUtcNow() - since : TimeSpan.Zero);
        }
        catch (FormatException)
        {
            // It is not base64: the host is about to move it to the poison queue.
            return (name, TimeSpan.Zero);
        }
    }
}
