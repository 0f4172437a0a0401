using Azure.Core;
using Azure.Core.Pipeline;

namespace CertFunctions.TestWorlds.Storage;

/// <summary>Counts the requests that reach storage, each try of its own.</summary>
public sealed class RequestCounter : HttpPipelineSynchronousPolicy
{
    private int count;

    public int Count => Volatile.Read(ref count);

    public void AddTo(ClientOptions options) => options.AddPolicy(this, HttpPipelinePosition.PerRetry);

    public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref count);

    /// <summary>How many requests an action takes.</summary>
    public async Task<int> CountAsync(Func<Task> action)
    {
        var before = Count;
        await action();
        return Count - before;
    }
}
