using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Testing.Fakes;

/// <summary>Records what was sent.</summary>
public sealed class FakeJobQueue : IJobQueue
{
    private int runsSent;

    public ConcurrentQueue<JobId> Steps { get; } = new();

    public ConcurrentQueue<(JobId JobId, int Run)> Runs { get; } = new();

    /// <summary>How many messages of runs were sent, those that were taken since too.</summary>
    public int RunsSent => runsSent;

    /// <summary>What a look at the waiting messages shows.</summary>
    public WaitingRuns Waiting { get; set; } = new(new HashSet<JobId>(), IsAll: true);

    /// <summary>The same for small jobs.</summary>
    public WaitingRuns WaitingOfSmall { get; set; } = new(new HashSet<JobId>(), IsAll: true);

    /// <summary>Called before a message of a job is sent: whoever takes it may do so at once.</summary>
    public Func<JobId, Task> BeforeSending { get; set; } = _ => Task.CompletedTask;

    public async Task SendStepAsync(JobId id, CancellationToken cancellationToken)
    {
        await BeforeSending(id);
        Steps.Enqueue(id);
    }

    public async Task SendRunsAsync(Job job, IEnumerable<int> runs, CancellationToken cancellationToken)
    {
        await BeforeSending(job.Id);
        foreach (var run in runs)
        {
            Runs.Enqueue((job.Id, run));
            Interlocked.Increment(ref runsSent);
        }
    }

    public Task<WaitingRuns> PeekWaitingRunsAsync(bool ofSmallJobs, CancellationToken cancellationToken) => Task.FromResult(ofSmallJobs ? WaitingOfSmall : Waiting);
}
