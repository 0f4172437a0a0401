using CertFunctions.LocalHost.Rpc;

namespace CertFunctions.LocalHost.Worker;

/// <summary>A worker that has loaded its functions and takes invocations.</summary>
/// <param name="Channel">The stream to it.</param>
/// <param name="HttpUri">Where it serves HTTP: another place after each start.</param>
/// <param name="Functions">What it loaded.</param>
internal sealed record ReadyWorker(WorkerChannel Channel, Uri HttpUri, IReadOnlyList<Function> Functions)
{
    /// <summary>How long a function that was told to stop has for it.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    /// <summary>How long a function may run.</summary>
    public required TimeSpan FunctionTimeout { get; init; }

    /// <summary>Called when a function does not stop: the worker is replaced, as the real host does.</summary>
    public required Action<Function> OnHanging { get; init; }

    /// <summary>
    /// Runs the function; when <paramref name="cancellationToken"/> fires, or the function's time is up, the worker is told and its answer
    /// awaited. A function whose time was up has failed, whatever it answers.
    /// </summary>
    /// <exception cref="WorkerLostException">The worker ended before it answered.</exception>
    public async Task<StatusResult> InvokeAsync(Function function, InvocationRequest request, CancellationToken cancellationToken)
    {
        var cancel = new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId } };
        await using var registration = cancellationToken.Register(() => Channel.Send(cancel));
        var asking = Channel.AskAsync(new StreamingMessage { InvocationRequest = request }, CancellationToken.None);
        if (await CompletesAsync(asking, FunctionTimeout))
            return (await asking).InvocationResponse?.Result ?? new StatusResult();

        Channel.Send(cancel);
        if (!await CompletesAsync(asking, GracePeriod))
            OnHanging(function);
        var message = $"Timeout value of {FunctionTimeout} exceeded by function: {function.Name}";
        return new StatusResult { Exception = new RpcFailure { Message = message } };
    }

    private static async Task<bool> CompletesAsync(Task task, TimeSpan limit)
    {
        try
        {
            await task.WaitAsync(limit);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
