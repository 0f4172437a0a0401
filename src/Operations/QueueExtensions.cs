using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace CertFunctions.Operations;

internal static class QueueExtensions
{
    private const int AtOnce = 32;

    /// <summary>Takes every message that can be seen. Messages can only be read whole by taking them: each counts as delivered once more.</summary>
    /// <param name="hidden">How long a message stays away from others.</param>
    public static async Task<IReadOnlyList<QueueMessage>> TakeAllAsync(this QueueClient queue, TimeSpan hidden, CancellationToken cancellationToken)
    {
        var taken = new List<QueueMessage>();
        while ((await queue.ReceiveMessagesAsync(AtOnce, hidden, cancellationToken)).Value is { Length: > 0 } messages)
        {
            taken.AddRange(messages);
        }

        return taken;
    }

    /// <summary>Gives messages back that were taken.</summary>
    public static async Task GiveBackAsync(this QueueClient queue, IEnumerable<QueueMessage> taken, CancellationToken cancellationToken)
    {
        foreach (var message in taken)
        {
            try
            {
                await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, message.Body, TimeSpan.Zero, cancellationToken);
            }
            catch (RequestFailedException e) when (e.Status is 400 or 404)
            {
                // Somebody else has it by now: it was not hidden for long enough.
            }
        }
    }
}
