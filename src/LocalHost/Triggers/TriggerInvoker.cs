using CertFunctions.LocalHost.Rpc;
using CertFunctions.LocalHost.Worker;

namespace CertFunctions.LocalHost.Triggers;

/// <summary>Runs a function for a trigger in the worker.</summary>
internal sealed partial class TriggerInvoker(WorkerSupervisor worker, ILogger<TriggerInvoker> logger)
{
    private static readonly TimeSpan WaitForWorker = TimeSpan.FromSeconds(30);

    /// <exception cref="FunctionFailedException">The function threw: what called it retries.</exception>
    /// <exception cref="WorkerLostException">There is no worker, or it ended meanwhile.</exception>
    public async Task InvokeAsync(
        string functionName, TypedData input, Dictionary<string, TypedData> metadata, CancellationToken cancellationToken)
    {
        var ready = await worker.ReadyAsync(WaitForWorker, cancellationToken) ?? throw new WorkerLostException();
        var function = ready.Functions.First(function => function.Name == functionName);
        var request = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = function.Id,
            InputData = [new ParameterBinding { Name = function.Trigger.Name, Data = input }],
            TriggerMetadata = metadata,
        };
        var result = await ready.InvokeAsync(function, request, cancellationToken);
        if (result.Status != StatusResult.Success)
            throw new FunctionFailedException(functionName, result.Exception);
    }

    public async Task RunNowAsync(string functionName, string json)
    {
        try
        {
            await InvokeAsync(functionName, new TypedData { Json = json }, [], CancellationToken.None);
        }
        catch (FunctionFailedException)
        {
            // The worker has logged it.
        }
        catch (WorkerLostException exception)
        {
            LogFailed(functionName, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Function} failed: {Reason}")]
    private partial void LogFailed(string function, string reason);
}
