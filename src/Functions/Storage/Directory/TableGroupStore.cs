using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Audit;

namespace CertFunctions.Functions.Storage.Directory;

internal sealed class TableGroupStore(TableClient directory, AuditOutbox audit) : IGroupStore
{
    /// <summary>As many at once cost little; a range may read groups that nobody asked for.</summary>
    public const int PointReadsUpTo = 16;

    private const int PageSize = 1_000;

    public async Task<Group?> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        await FindStoredAsync(id, cancellationToken) is { Deleted: false } stored ? stored.Group : null;

    public async Task<IReadOnlySet<LmsId>> FindExistingAsync(IReadOnlyCollection<LmsId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count <= PointReadsUpTo)
        {
            var found = await Task.WhenAll(ids.Select(id => FindAsync(id, cancellationToken)));
            return found.OfType<Group>().Select(group => group.Id).ToHashSet();
        }

        var sorted = ids.Select(id => id.Value).Order(StringComparer.Ordinal).ToList();
        var range = new RowRange(GroupRow.PartitionKey, sorted[0], sorted[^1] + StorageKey.Separator);
        var existing = await range.ReadAsync(directory, PageSize, cancellationToken, [nameof(TableEntity.RowKey), GroupRow.Deleted])
            .Where(row => !GroupRow.IsDeleted(row))
            .Select(row => LmsId.Parse(row.RowKey))
            .ToHashSetAsync(cancellationToken: cancellationToken);
        existing.IntersectWith(ids);
        return existing;
    }

    public async Task<StoredGroup?> FindStoredAsync(LmsId id, CancellationToken cancellationToken) =>
        await directory.FindRowAsync(GroupRow.PartitionKey, id.Value, cancellationToken) is { } row
            ? new StoredGroup(GroupRow.Read(row), GroupRow.IsDeleted(row), GroupRow.ChangedAt(row), Revision(row))
            : null;

    public Task<bool> TryWriteAsync(Group group, StoredGroup? former, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var (etag, generation) = Split(former);
        var row = GroupRow.Of(group, former is { Deleted: false } ? generation! : ConditionalWrite.NewId(), deleted: false, group.UpdatedAt);
        return audit.TryWriteAsync(directory, row, etag, entry, cancellationToken);
    }

    public Task<bool> TryDeleteAsync(StoredGroup former, DateTimeOffset at, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var (etag, generation) = Split(former);
        return audit.TryWriteAsync(directory, GroupRow.Of(former.Group, generation!, deleted: true, at), etag, entry, cancellationToken);
    }

    /// <summary>Rows of deleted groups count for the page, which may therefore be short.</summary>
    public async Task<Page<Group>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        (await GroupRow.All.ReadPageAsync(directory, page, cancellationToken)).Where(row => !GroupRow.IsDeleted(row)).Select(GroupRow.Read);

    private static string Revision(TableEntity row) => StorageKey.Join(row.GetString(GroupRow.Generation), row.ETag.ToString());

    private static (string? ETag, string? Generation) Split(StoredGroup? former) =>
        former?.Revision.Split(StorageKey.Separator, 2) is [var generation, var etag] ? (etag, generation) : (null, null);
}
