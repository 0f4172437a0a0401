using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Lms;

namespace CertFunctions.Testing.Fakes;

public sealed class FakeDeadLetterStore : IDeadLetterStore
{
    private readonly ConcurrentDictionary<DeadLetterId, StoredDeadLetter> rows = new();
    private int revisions;

    /// <summary>What was stored with changes for the audit to say.</summary>
    public FakeAudit Audit { get; } = new();

    /// <summary>All there are, newest message first.</summary>
    public IReadOnlyList<DeadLetter> All => [.. rows.Values.Select(row => row.Letter).OrderBy(letter => letter.Id.Value, StringComparer.Ordinal)];

    public Task AddAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        rows.TryAdd(letter.Id, Stored(letter));
        return Task.CompletedTask;
    }

    public Task<StoredDeadLetter?> FindAsync(DeadLetterId id, CancellationToken cancellationToken) => Task.FromResult(rows.GetValueOrDefault(id));

    public Task<bool> TryReplaceAsync(DeadLetter letter, StoredDeadLetter former, CancellationToken cancellationToken) =>
        Task.FromResult(IsCurrent(former) && rows.TryUpdate(letter.Id, Stored(letter), rows[letter.Id]));

    public Task<bool> TryRemoveAsync(StoredDeadLetter former, AuditEntry? entry, CancellationToken cancellationToken) =>
        Task.FromResult(Audit.Note(IsCurrent(former) && rows.TryRemove(former.Letter.Id, out _), entry));

    public Task<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var found = All.Where(letter => page.After is null || string.CompareOrdinal(letter.Id.Value, page.After) > 0).Take(page.Limit + 1).ToList();
        return Task.FromResult(new Page<DeadLetter>(
            [.. found.Take(page.Limit)], found.Count > page.Limit ? found[page.Limit - 1].Id.Value : null));
    }

    public IAsyncEnumerable<DeadLetterId> ReadWaitingAsync(LmsId userId, CancellationToken cancellationToken) =>
        All.Where(letter => letter.WaitingForUserId == userId).Select(letter => letter.Id).ToAsyncEnumerable();

    public Task<IReadOnlyList<LmsId>> FindAwaitedAsync(IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LmsId>>([.. userIds.Intersect(All.Select(letter => letter.WaitingForUserId).OfType<LmsId>())]);

    public IAsyncEnumerable<LmsId> ReadAwaitedAsync(CancellationToken cancellationToken) =>
        All.Select(letter => letter.WaitingForUserId).OfType<LmsId>().Distinct().OrderBy(id => id.Value, StringComparer.Ordinal).ToAsyncEnumerable();

    public Task<bool> AnyBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        Task.FromResult(All.Any(letter => letter.Element.ReceivedAt < time));

    public IAsyncEnumerable<LmsId> ReadAwaitedSinceAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        All.Where(letter => letter.Element.ReceivedAt >= since).Select(letter => letter.WaitingForUserId).OfType<LmsId>().ToAsyncEnumerable();

    private StoredDeadLetter Stored(DeadLetter letter) => new(letter, $"{Interlocked.Increment(ref revisions)}");

    private bool IsCurrent(StoredDeadLetter former) => rows.TryGetValue(former.Letter.Id, out var row) && row.Revision == former.Revision;
}
