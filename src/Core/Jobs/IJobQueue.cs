namespace CertFunctions.Core.Jobs;

/// <summary>Hands work to the background. A message may be delivered more than once and in any order.</summary>
public interface IJobQueue
{
    /// <summary>Asks to resolve the selection of a job.</summary>
    Task SendExpansionAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Asks to take the next step of a job that imports a file.</summary>
    Task SendImportAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Asks to process runs of a job.</summary>
    Task SendRunsAsync(JobId id, IEnumerable<int> runs, CancellationToken cancellationToken);

    /// <summary>Whether messages are waiting that nobody has taken: then a run that makes no progress is only waiting its turn.</summary>
    Task<bool> HasWaitingRunsAsync(CancellationToken cancellationToken);
}
