using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

public sealed class FakeExternalTrainingStore : IExternalTrainingStore
{
    private readonly ConcurrentDictionary<LmsId, StoredExternalTraining> rows = new();
    private int revisions;

    /// <summary>What was stored with changes for the audit to say.</summary>
    public FakeAudit Audit { get; } = new();

    /// <summary>Puts a training there.</summary>
    public void Add(ExternalTraining training) => rows[training.Id] = new StoredExternalTraining(training, "0");

    public Task<ExternalTraining?> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        Task.FromResult(rows.GetValueOrDefault(id)?.Training);

    public Task<StoredExternalTraining?> FindStoredAsync(LmsId id, CancellationToken cancellationToken) =>
        Task.FromResult(rows.GetValueOrDefault(id));

    public Task<bool> TryWriteAsync(ExternalTraining training, StoredExternalTraining? former, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var written = new StoredExternalTraining(training, $"{Interlocked.Increment(ref revisions)}");
        return Task.FromResult(Audit.Note(former is null ? rows.TryAdd(training.Id, written) : rows.TryUpdate(training.Id, written, former), entry));
    }

    public Task<Page<ExternalTraining>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var found = rows.Values.Select(row => row.Training)
            .Where(training => page.After is null || string.CompareOrdinal(training.Id.Value, page.After) > 0)
            .OrderBy(training => training.Id.Value, StringComparer.Ordinal)
            .Take(page.Limit + 1)
            .ToList();
        return Task.FromResult(new Page<ExternalTraining>(
            [.. found.Take(page.Limit)], found.Count > page.Limit ? found[page.Limit - 1].Id.Value : null));
    }
}
