using System.Collections.Concurrent;
using CertFunctions.Functions.Http.Idempotency;

namespace CertFunctions.TestWorlds.Fakes;

public sealed class FakeIdempotencyStore : IIdempotencyStore
{
    private readonly ConcurrentDictionary<string, StoredIdempotentRequest> rows = new();
    private int revisions;

    /// <summary>What a replacement fails with.</summary>
    public Exception? ReplaceFailure { get; set; }

    public ICollection<StoredIdempotentRequest> Rows => rows.Values;

    public Task<StoredIdempotentRequest?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(rows.GetValueOrDefault(id));

    public Task<string?> TryAddAsync(IdempotentRequest request, CancellationToken cancellationToken)
    {
        var row = Row(request);
        return Task.FromResult(rows.TryAdd(request.Id, row) ? row.Revision : null);
    }

    public Task<string?> TryReplaceAsync(IdempotentRequest request, string revision, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ReplaceFailure is not null)
        {
            throw ReplaceFailure;
        }

        var row = Row(request);
        var isReplaced = rows.TryGetValue(request.Id, out var found) && found.Revision == revision && rows.TryUpdate(request.Id, row, found);
        return Task.FromResult(isReplaced ? row.Revision : null);
    }

    public Task<bool> TryDeleteAsync(string id, string revision, CancellationToken cancellationToken) =>
        Task.FromResult(rows.TryGetValue(id, out var found) && found.Revision == revision && rows.TryRemove(new(id, found)));

    public Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        Task.FromResult(rows.Count(row => row.Value.Request.CreatedAt < before && rows.TryRemove(row)));

    private StoredIdempotentRequest Row(IdempotentRequest request) => new(request, $"r{Interlocked.Increment(ref revisions)}");
}
