namespace CertFunctions.Core.Jobs;

/// <summary>Keeps the lists of tasks that jobs came to, cut into runs. A manifest never changes.</summary>
public interface IManifestStore
{
    /// <summary>Writes a manifest under a new name; memory does not grow with the number of tasks.</summary>
    Task<Manifest> WriteAsync(JobId id, IAsyncEnumerable<RunTasks> runs, CancellationToken cancellationToken);

    /// <summary>Makes one manifest out of several that were written one after the other, their runs numbered through.</summary>
    Task<Manifest> JoinAsync(JobId id, IReadOnlyList<string> parts, CancellationToken cancellationToken);

    /// <returns>Null when there is no such manifest or run.</returns>
    Task<RunTasks?> FindRunAsync(JobId id, string manifest, int run, CancellationToken cancellationToken);
}

/// <param name="Total">How many tasks it lists.</param>
public sealed record Manifest(string Name, int Runs, int Total);
