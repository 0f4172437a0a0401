using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Testing.Fakes;

/// <summary>Records what was sent.</summary>
public sealed class FakeJobQueue : IJobQueue
{
    public ConcurrentQueue<JobId> Steps { get; } = new();

    public ConcurrentQueue<(JobId JobId, int Run)> Runs { get; } = new();

    /// <summary>What a look at the waiting messages shows.</summary>
    public WaitingRuns Waiting { get; set; } = new(new HashSet<JobId>(), IsAll: true);

    public Task SendStepAsync(JobId id, CancellationToken cancellationToken)
    {
        Steps.Enqueue(id);
        return Task.CompletedTask;
    }

    public Task SendRunsAsync(JobId id, IEnumerable<int> runs, CancellationToken cancellationToken)
    {
        foreach (var run in runs)
        {
            Runs.Enqueue((id, run));
        }

        return Task.CompletedTask;
    }

    public Task<WaitingRuns> PeekWaitingRunsAsync(CancellationToken cancellationToken) => Task.FromResult(Waiting);
}
