using System.Collections.Concurrent;
using CertFunctions.LocalHost.Rpc;
using ProtoBuf.Grpc;

namespace CertFunctions.LocalHost.Worker;

/// <summary>The host's end of the protocol: hands each worker's stream to the channel that waits for it.</summary>
internal sealed class FunctionRpcService : IFunctionRpc
{
    private readonly ConcurrentDictionary<string, WorkerChannel> _awaited = [];

    public void Await(WorkerChannel channel) => _awaited[channel.WorkerId] = channel;

    public void Forget(WorkerChannel channel) => _awaited.TryRemove(channel.WorkerId, out _);

    public async IAsyncEnumerable<StreamingMessage> EventStreamAsync(IAsyncEnumerable<StreamingMessage> fromWorker, CallContext context = default)
    {
        var cancellationToken = context.CancellationToken;
        await using var messages = fromWorker.GetAsyncEnumerator(cancellationToken);
        if (!await messages.MoveNextAsync()
            || messages.Current.StreamStart is not { } start
            || !_awaited.TryGetValue(start.WorkerId, out var channel))
            yield break;

        channel.Open();
        var receiving = ReceiveAsync(messages, channel);
        await foreach (var message in channel.ToWorker(cancellationToken))
            yield return message;
        await receiving;
    }

    private static async Task ReceiveAsync(IAsyncEnumerator<StreamingMessage> messages, WorkerChannel channel)
    {
        try
        {
            while (await messages.MoveNextAsync())
                channel.Receive(messages.Current);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The worker was killed: its process tells so.
        }
        finally
        {
            channel.Close();
        }
    }
}
