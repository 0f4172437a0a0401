using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

public sealed class FakeGroupStore : IGroupStore
{
    private readonly ConcurrentDictionary<LmsId, StoredGroup> rows = new();
    private int revisions;

    /// <summary>What was stored with changes for the audit to say.</summary>
    public FakeAudit Audit { get; } = new();

    /// <summary>Puts a group there.</summary>
    public void Add(Group group) => rows[group.Id] = new StoredGroup(group, false, group.UpdatedAt, "0");

    public Task<Group?> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        Task.FromResult(rows.GetValueOrDefault(id) is { Deleted: false } stored ? stored.Group : null);

    public Task<IReadOnlySet<LmsId>> FindExistingAsync(IReadOnlyCollection<LmsId> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<LmsId>>(ids.Where(id => rows.GetValueOrDefault(id) is { Deleted: false }).ToHashSet());

    public Task<StoredGroup?> FindStoredAsync(LmsId id, CancellationToken cancellationToken) => Task.FromResult(rows.GetValueOrDefault(id));

    public Task<bool> TryWriteAsync(Group group, StoredGroup? former, AuditEntry? entry, CancellationToken cancellationToken) =>
        Task.FromResult(Audit.Note(Replace(new StoredGroup(group, false, group.UpdatedAt, Revision()), former), entry));

    public Task<bool> TryDeleteAsync(StoredGroup former, DateTimeOffset at, AuditEntry? entry, CancellationToken cancellationToken) =>
        Task.FromResult(Audit.Note(Replace(new StoredGroup(former.Group, true, at, Revision()), former), entry));

    public Task<Page<Group>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var found = rows.Values.Where(row => !row.Deleted).Select(row => row.Group)
            .Where(group => page.After is null || string.CompareOrdinal(group.Id.Value, page.After) > 0)
            .OrderBy(group => group.Id.Value, StringComparer.Ordinal)
            .Take(page.Limit + 1)
            .ToList();
        return Task.FromResult(new Page<Group>(
            [.. found.Take(page.Limit)], found.Count > page.Limit ? found[page.Limit - 1].Id.Value : null));
    }

    private string Revision() => $"{Interlocked.Increment(ref revisions)}";

    private bool Replace(StoredGroup next, StoredGroup? former) =>
        former is null ? rows.TryAdd(next.Group.Id, next) : rows.TryUpdate(next.Group.Id, next, former);
}
