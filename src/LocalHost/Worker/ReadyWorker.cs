using CertFunctions.LocalHost.Rpc;

namespace CertFunctions.LocalHost.Worker;

/// <summary>A worker that has loaded its functions and takes invocations.</summary>
/// <param name="Channel">The stream to it.</param>
/// <param name="HttpUri">Where it serves HTTP: another place after each start.</param>
/// <param name="Functions">What it loaded.</param>
internal sealed record ReadyWorker(WorkerChannel Channel, Uri HttpUri, IReadOnlyList<Function> Functions)
{
    /// <summary>Runs the function; when <paramref name="cancellationToken"/> fires the worker is told and its answer awaited.</summary>
    /// <exception cref="WorkerLostException">The worker ended before it answered.</exception>
    public async Task<StatusResult> InvokeAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        var cancel = new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId } };
        await using var registration = cancellationToken.Register(() => Channel.Send(cancel));
        var answer = await Channel.AskAsync(new StreamingMessage { InvocationRequest = request }, CancellationToken.None);
        return answer.InvocationResponse?.Result ?? new StatusResult();
    }
}
