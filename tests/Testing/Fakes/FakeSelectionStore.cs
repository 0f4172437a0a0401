using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Awarding;

namespace CertFunctions.Testing.Fakes;

/// <summary>Selections in memory.</summary>
public sealed class FakeSelectionStore : ISelectionStore
{
    private readonly ConcurrentDictionary<JobId, AwardSelection> selections = new();
    private int reads;

    /// <summary>How often one was read.</summary>
    public int Reads => reads;

    public Task SaveAsync(JobId id, AwardSelection selection, CancellationToken cancellationToken)
    {
        selections[id] = selection;
        return Task.CompletedTask;
    }

    public Task<AwardSelection> ReadAsync(JobId id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref reads);
        return Task.FromResult(selections[id]);
    }
}
