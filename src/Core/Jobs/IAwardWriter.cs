using CertFunctions.Core.Awards;

namespace CertFunctions.Core.Jobs;

/// <summary>Writes the awards of one run. Not for use by two threads at once; two writers of one run are safe.</summary>
public interface IAwardWriter
{
    /// <summary>The run's receipt as it was last read or written.</summary>
    RunReceipt Receipt { get; }

    /// <summary>
    /// Stores as many writes from the first on as one transaction takes (at least one) together with the receipt, all or nothing.
    /// A write that is delivered twice is stored once. Broken storage is tried again until <paramref name="cancellationToken"/>.
    /// </summary>
    /// <param name="writes">Of the users from <see cref="RunReceipt.Next"/> on, in their order; at least one.</param>
    Task<CommitOutcome> CommitAsync(IReadOnlyList<AwardWrite> writes, CancellationToken cancellationToken);

    /// <summary>Ends the run: what is left of it counts as failed, and whoever still writes for it is refused.</summary>
    /// <param name="unfinished">All from <see cref="RunReceipt.Next"/> on, decided as failed.</param>
    Task<CommitOutcome> StopAsync(IReadOnlyList<AwardWrite> unfinished, string reason, CancellationToken cancellationToken);
}
