namespace CertFunctions.Core.Jobs;

/// <summary>Hands work to the background. A message may be delivered more than once and in any order.</summary>
public interface IJobQueue
{
    /// <summary>Asks to take the next step of a job.</summary>
    Task SendStepAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Asks to process runs of a job, about in this order. Those of a small job wait for none of a large one.</summary>
    Task SendRunsAsync(Job job, IEnumerable<int> runs, CancellationToken cancellationToken);

    /// <summary>Looks at the messages of runs that nobody has taken: a job with one of these is only waiting its turn.</summary>
    /// <param name="ofSmallJobs">Else those of large jobs.</param>
    Task<WaitingRuns> PeekWaitingRunsAsync(bool ofSmallJobs, CancellationToken cancellationToken);
}

/// <param name="Jobs">Whose messages are at the head of the queue.</param>
/// <param name="IsAll">False: more lie behind them, of jobs that cannot be seen.</param>
public sealed record WaitingRuns(IReadOnlySet<JobId> Jobs, bool IsAll);
