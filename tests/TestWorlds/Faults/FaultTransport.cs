using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CertFunctions.TestWorlds.Faults;

/// <summary>
/// Stands between the app and the storage. Notes every request and lets faults happen to it; after a crash nothing comes through any more,
/// also not the answers to what was on its way.
/// </summary>
public sealed class FaultTransport : HttpPipelineTransport
{
    private readonly HttpPipelineTransport network = HttpClientTransport.Shared;
    private volatile CrashException? crash;
    private int count;

    /// <summary>Decides what happens to a request; null: nothing out of the ordinary.</summary>
    public Func<StorageCall, Task<Fault?>> OnCall { get; set; } = _ => Task.FromResult<Fault?>(null);

    public ConcurrentQueue<StorageCall> Calls { get; } = new();

    public bool HasCrashed => crash is not null;

    public override Request CreateRequest() => network.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException("The app waits for no storage.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        ThrowIfCrashed();
        var call = new StorageCall(Interlocked.Increment(ref count) - 1, message.Request);
        Calls.Enqueue(call);
        try
        {
            await SendAsync(message, await OnCall(call) ?? new Fault());
        }
        catch (CrashException e)
        {
            crash ??= e;
            throw;
        }
    }

    private async Task SendAsync(HttpMessage message, Fault fault)
    {
        await (fault.Before?.Invoke() ?? Task.CompletedTask);
        ThrowIfCrashed();
        if (fault.Instead is { } answer)
        {
            message.Response = answer();
        }
        else
        {
            await network.ProcessAsync(message);
        }

        await (fault.After?.Invoke() ?? Task.CompletedTask);
        ThrowIfCrashed();
    }

    private void ThrowIfCrashed()
    {
        if (crash is { } e)
        {
            throw new CrashException(e.Message);
        }
    }
}
