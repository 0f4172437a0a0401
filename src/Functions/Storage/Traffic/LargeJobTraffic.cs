using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CertFunctions.Functions.Storage.Traffic;

/// <summary>
/// Lets what large jobs ask of the storage give way to all else on this instance: a few requests at once, one at a time while anything else is at
/// work, and hardly any while a run of a small job is. A storage that is busy answers in the order in which it is asked, so a few awards would
/// wait for a dozen transactions of an import at each of their own requests.
/// </summary>
public sealed class LargeJobTraffic : HttpPipelinePolicy, IDisposable
{
    /// <summary>More do not make an instance of one or two processors faster.</summary>
    public const int RequestsAtOnce = 4;

    /// <summary>So long a request waits for runs of small jobs: however many come, large ones get on.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LooksEvery = TimeSpan.FromMilliseconds(10);

    private readonly AsyncLocal<bool> isOfLargeJob = new();
    private readonly SemaphoreSlim few = new(RequestsAtOnce);
    private readonly SemaphoreSlim single = new(1);
    private int others;
    private int smallRuns;

    /// <summary>To be called where a run of a large job begins: the requests of the caller's flow are its own.</summary>
    public void BeginLargeJob() => isOfLargeJob.Value = true;

    /// <summary>To be disposed of where the other work ends.</summary>
    public IDisposable BeginOther(bool isSmallRun)
    {
        Interlocked.Increment(ref others);
        Interlocked.Add(ref smallRuns, isSmallRun ? 1 : 0);
        return new Other(this, isSmallRun);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (!isOfLargeJob.Value)
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        await few.WaitAsync(message.CancellationToken);
        try
        {
            await (Volatile.Read(ref others) > 0 ? ProcessAloneAsync(message, pipeline) : ProcessNextAsync(message, pipeline));
        }
        finally
        {
            few.Release();
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

    public void Dispose()
    {
        few.Dispose();
        single.Dispose();
    }

    private async ValueTask ProcessAloneAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await single.WaitAsync(message.CancellationToken);
        try
        {
            for (var from = Stopwatch.GetTimestamp(); Volatile.Read(ref smallRuns) > 0 && Stopwatch.GetElapsedTime(from) < Patience;)
            {
                await Task.Delay(LooksEvery, message.CancellationToken);
            }

            await ProcessNextAsync(message, pipeline);
        }
        finally
        {
            single.Release();
        }
    }

    private sealed class Other(LargeJobTraffic traffic, bool isSmallRun) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Add(ref traffic.smallRuns, isSmallRun ? -1 : 0);
            Interlocked.Decrement(ref traffic.others);
        }
    }
}
