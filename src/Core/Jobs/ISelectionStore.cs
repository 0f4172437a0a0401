namespace CertFunctions.Core.Jobs;

/// <summary>Keeps what a job of many users asks for, and the list of users that it came to.</summary>
public interface ISelectionStore
{
    Task SaveAsync(JobId id, AwardSelection selection, CancellationToken cancellationToken);

    Task<AwardSelection> ReadAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Writes a manifest under a new name; memory does not grow with the number of users.</summary>
    /// <param name="runs">As <see cref="RunSplitter"/> makes them.</param>
    Task<Manifest> WriteManifestAsync(JobId id, IAsyncEnumerable<RunUsers> runs, CancellationToken cancellationToken);

    /// <returns>Null when there is no such manifest or run.</returns>
    Task<RunUsers?> FindRunAsync(JobId id, string manifest, int run, CancellationToken cancellationToken);
}

/// <param name="Total">How many users it lists.</param>
public sealed record Manifest(string Name, int Runs, int Total);
