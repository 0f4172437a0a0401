using CertFunctions.Functions.Storage;

namespace CertFunctions.Operations.Checking;

/// <summary>Looks at the messages of queues without taking them.</summary>
internal static class QueuePeek
{
    private const int Most = 32;

    /// <returns>The messages that wait, and whether there are others.</returns>
    public static async Task<(IReadOnlyList<QueuedMessage> Messages, bool HasHidden)> ReadAsync(StorageClients storage, params string[] names)
    {
        var found = new List<QueuedMessage>();
        var hasHidden = false;
        foreach (var name in names)
        {
            var queue = storage.Queue(name);
            var messages = (await queue.PeekMessagesAsync(Most)).Value;
            found.AddRange(messages.Select(message => new QueuedMessage(name, message.Body.ToString())));
            hasHidden |= (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount > messages.Length;
        }

        return (found, hasHidden);
    }
}
