using CertFunctions.Core.Awarding;

namespace CertFunctions.Core.Jobs;

/// <summary>Keeps what a job of many users asks for, and the list of tasks that it came to.</summary>
public interface ISelectionStore
{
    Task SaveAsync(JobId id, AwardSelection selection, CancellationToken cancellationToken);

    Task<AwardSelection> ReadAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Writes a manifest under a new name; memory does not grow with the number of tasks.</summary>
    Task<Manifest> WriteManifestAsync(JobId id, IAsyncEnumerable<RunTasks> runs, CancellationToken cancellationToken);

    /// <summary>Makes one manifest out of several that were written one after the other, their runs numbered through.</summary>
    Task<Manifest> JoinManifestsAsync(JobId id, IReadOnlyList<string> parts, CancellationToken cancellationToken);

    /// <returns>Null when there is no such manifest or run.</returns>
    Task<RunTasks?> FindRunAsync(JobId id, string manifest, int run, CancellationToken cancellationToken);
}

/// <param name="Total">How many tasks it lists.</param>
public sealed record Manifest(string Name, int Runs, int Total);
