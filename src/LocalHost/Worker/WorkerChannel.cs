using System.Collections.Concurrent;
using System.Threading.Channels;
using CertFunctions.LocalHost.Rpc;

namespace CertFunctions.LocalHost.Worker;

/// <summary>The stream of messages to and from one worker process: sends, and matches answers to questions.</summary>
internal sealed class WorkerChannel(Action<RpcLog> onLog)
{
    private readonly Channel<StreamingMessage> _toWorker =
        Channel.CreateUnbounded<StreamingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _questions = [];
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string WorkerId { get; } = Guid.NewGuid().ToString();

    /// <summary>The worker has opened its stream.</summary>
    public Task Started => _started.Task;

    /// <summary>The stream has ended, the worker's process soon too.</summary>
    public Task Closed => _closed.Task;

    public IAsyncEnumerable<StreamingMessage> ToWorker(CancellationToken cancellationToken) =>
        _toWorker.Reader.ReadAllAsync(cancellationToken);

    public void Open() => _started.TrySetResult();

    public void Send(StreamingMessage message) => _toWorker.Writer.TryWrite(message);

    /// <summary>Sends <paramref name="message"/> under a new id, or under its own, and awaits the answer to it.</summary>
    /// <exception cref="WorkerLostException">The worker ended before it answered.</exception>
    public async Task<StreamingMessage> AskAsync(StreamingMessage message, CancellationToken cancellationToken)
    {
        message.RequestId = message.InvocationRequest?.InvocationId ?? Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _questions[message.RequestId] = answer;
        try
        {
            if (_closed.Task.IsCompleted)
                throw new WorkerLostException();
            Send(message);
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _questions.TryRemove(message.RequestId, out _);
        }
    }

    public void Receive(StreamingMessage message)
    {
        if (message.Log is { } log)
            onLog(log);
        else if (_questions.TryGetValue(message.InvocationResponse?.InvocationId ?? message.RequestId, out var question))
            question.TrySetResult(message);
    }

    /// <summary>The worker is gone: nothing more is answered.</summary>
    public void Close()
    {
        _closed.TrySetResult();
        _toWorker.Writer.TryComplete();
        foreach (var question in _questions.Values)
            question.TrySetException(new WorkerLostException());
    }
}
