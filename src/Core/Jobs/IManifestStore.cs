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

    /// <summary>Where each run of a manifest lies, in their order.</summary>
    Task<IReadOnlyList<Shard>> ListShardsAsync(JobId id, string manifest, CancellationToken cancellationToken);

    /// <summary>
    /// The tasks for some users, where those for users are in <see cref="ShardOrder"/> in each manifest that was joined, and before all others. Reads the
    /// runs that may have them, those first that may have most.
    /// </summary>
    /// <param name="mostRuns">So many are read; what lies in others is not found.</param>
    Task<IReadOnlyList<RunTask>> FindTasksAsync(
        JobId id, string manifest, IReadOnlySet<LmsId> userIds, int mostRuns, CancellationToken cancellationToken);

    /// <summary>Whom the tasks are for, where they are ordered as above: in <see cref="ShardOrder"/>, some more than once.</summary>
    /// <param name="after">Only those behind this one; null: all.</param>
    /// <exception cref="InvalidOperationException">An older app listed some, and did not note where users are: better none than not all.</exception>
    IAsyncEnumerable<LmsId> ReadUsersAsync(JobId id, string manifest, LmsId? after, CancellationToken cancellationToken);
}

/// <param name="Total">How many tasks it lists.</param>
public sealed record Manifest(string Name, int Runs, int Total);
