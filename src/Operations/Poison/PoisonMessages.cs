using System.Text;
using Azure.Storage.Queues.Models;
using CertFunctions.Functions.Storage;

namespace CertFunctions.Operations.Poison;

/// <summary>
/// What lies in the queues of messages that nobody could process. The app empties them itself; what stays there is not base64, or waits while the
/// app is stopped.
/// </summary>
internal sealed class PoisonMessages(StorageClients store, Action<string> say)
{
    private const int MostShown = 32;
    private const int ShownCharacters = 200;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>How long a message that is looked at stays away from the app.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(1);

    public async Task ListAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in StorageNames.In(typeof(StorageNames.Queues)).Where(StorageNames.IsPoison))
        {
            var client = store.RawQueue(queue);
            say($"{queue}: {(await client.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount}");
            foreach (var message in (await client.PeekMessagesAsync(MostShown, cancellationToken)).Value)
            {
                say($"  {message.MessageId} of {message.InsertedOn:u}: {Shown(message.Body.ToString())}");
            }
        }
    }

    public Task ReplayAsync(string queue, string? messageId, CancellationToken cancellationToken) => EachAsync(
        queue, messageId, message => store.RawQueue(OriginOf(queue)).SendMessageAsync(message.Body, cancellationToken: cancellationToken),
        $"sent to {OriginOf(queue)} again", cancellationToken);

    public Task DropAsync(string queue, string? messageId, CancellationToken cancellationToken) => EachAsync(
        queue, messageId, _ => Task.CompletedTask, "dropped", cancellationToken);

    /// <exception cref="OperationException">It is no poison queue of ours.</exception>
    private static string OriginOf(string queue) => StorageNames.In(typeof(StorageNames.Queues)).Contains(queue) && StorageNames.IsPoison(queue)
        ? queue[..^"-poison".Length]
        : throw new OperationException($"{queue} is no poison queue: they are {string.Join(", ", StorageNames.In(typeof(StorageNames.Queues)).Where(StorageNames.IsPoison))}.");

    private async Task EachAsync(string queue, string? messageId, Func<QueueMessage, Task> handle, string done, CancellationToken cancellationToken)
    {
        _ = OriginOf(queue);
        var client = store.RawQueue(queue);
        var messages = await client.TakeAllAsync(Hidden, cancellationToken);
        var (meant, others) = (messages.Where(message => IsMeant(message)).ToList(), messages.Where(message => !IsMeant(message)));
        foreach (var message in meant)
        {
            await handle(message);
            await client.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
        }

        await client.GiveBackAsync(others, cancellationToken);
        say($"{meant.Count} {(meant.Count == 1 ? "message" : "messages")} {done}.");

        bool IsMeant(QueueMessage message) => messageId is null || message.MessageId == messageId;
    }

    private static string Shown(string raw)
    {
        var text = Decoded(raw) ?? $"{raw} (not base64 of UTF-8: the app cannot read it)";
        return text.Length <= ShownCharacters ? text : $"{text[..ShownCharacters]}…";
    }

    private static string? Decoded(string raw)
    {
        try
        {
            return Strict.GetString(Convert.FromBase64String(raw));
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
