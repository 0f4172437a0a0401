namespace CertFunctions.Core.Jobs;

/// <summary>Writes what one run does. Not for use by two threads at once; two writers of one run are safe.</summary>
public interface IRunWriter
{
    /// <summary>The run's receipt as it was last read or written.</summary>
    RunReceipt Receipt { get; }

    /// <summary>
    /// In a retry: goes on to the next results among which some failed, so that <see cref="RunReceipt.Next"/> is the index of the first of them.
    /// What is committed then takes their place.
    /// </summary>
    /// <returns>Results one after the other, of which at least one failed; null: none is left that failed.</returns>
    Task<IReadOnlyList<JobResult>?> FindFailedAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Stores as many writes from the first on as one transaction takes (at least one) together with the receipt, all or nothing.
    /// A write that is delivered twice is stored once. Broken storage is tried again until <paramref name="cancellationToken"/>.
    /// </summary>
    /// <param name="writes">Of the tasks from <see cref="RunReceipt.Next"/> on, in their order; at least one.</param>
    Task<CommitOutcome> CommitAsync(IReadOnlyList<TaskWrite> writes, CancellationToken cancellationToken);

    /// <summary>Ends the run where it is: whoever still writes for it is refused.</summary>
    /// <param name="unfinished">Of all tasks from <see cref="RunReceipt.Next"/> on, where they count as done; none where the run may go on in another turn.</param>
    Task<CommitOutcome> StopAsync(IReadOnlyList<JobResult> unfinished, string reason, CancellationToken cancellationToken);
}
