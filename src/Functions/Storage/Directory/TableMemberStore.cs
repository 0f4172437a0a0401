using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Audit;

namespace CertFunctions.Functions.Storage.Directory;

internal sealed class TableMemberStore(TableClient members, TableClient directory, AuditIntents audit) : IMemberStore
{
    public async IAsyncEnumerable<LmsId> ReadAsync(
        MemberSource source, LmsId? after, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await PartitionAsync(source, cancellationToken) is not { } partition)
        {
            yield break;
        }

        var key = after is null ? null : MemberKeys.OfMember(after);
        foreach (var range in MemberKeys.FirstShardAndRest(partition).Where(range => string.CompareOrdinal(key, range.To) < 0))
        {
            await foreach (var row in range.Behind(key).ReadAsync(members, pageSize, cancellationToken, [Membership.UserId]))
            {
                yield return LmsId.Parse(row.GetString(Membership.UserId));
            }
        }
    }

    public async Task<Page<LmsId>> ListAsync(MemberSource source, PageRequest page, CancellationToken cancellationToken)
    {
        if (await PartitionAsync(source, cancellationToken) is not { } partition)
        {
            return new Page<LmsId>([], null);
        }

        var rows = await MemberKeys.Members(partition).ReadPageAsync(members, page, cancellationToken);
        return rows.Select(row => LmsId.Parse(row.GetString(Membership.UserId)));
    }

    public async Task<int> CountAsync(LmsId groupId, CancellationToken cancellationToken) =>
        await PartitionAsync(MemberSource.Group(groupId), cancellationToken) is not { } partition
            ? 0
            : (await MemberKeys.Counts(partition).ReadFirstAsync(members, Shard.Count, cancellationToken)).Sum(row => row.GetInt32(Membership.Count)!.Value);

    public async Task<bool> ContainsAsync(MemberSource source, LmsId userId, CancellationToken cancellationToken) =>
        await PartitionAsync(source, cancellationToken) is { } partition
        && await members.FindRowAsync(partition, MemberKeys.OfMember(userId), cancellationToken) is not null;

    public async Task<IReadOnlySet<LmsId>> FindManyAsync(MemberSource source, IReadOnlyCollection<LmsId> userIds, CancellationToken cancellationToken)
    {
        if (await PartitionAsync(source, cancellationToken) is not { } partition)
        {
            return new HashSet<LmsId>();
        }

        var keys = userIds.ToDictionary(MemberKeys.OfMember, StringComparer.Ordinal);
        var found = await new RowsByKey(members, ["RowKey"]).FindAsync(partition, [.. keys.Keys.Order(StringComparer.Ordinal)], cancellationToken);
        return found.Keys.Select(key => keys[key]).ToHashSet();
    }

    public async Task<bool> AddAsync(MemberSource source, LmsId userId, EventTime at, AuditEntry? entry, CancellationToken cancellationToken) =>
        await PartitionAsync(source, cancellationToken) is { } partition
        && await new Membership(members, partition, userId, audit).SetAsync(isMember: true, at, entry, cancellationToken);

    public async Task<IReadOnlySet<LmsId>?> AddManyAsync(
        LmsId groupId, IReadOnlyCollection<LmsId> userIds, DateTimeOffset at, CancellationToken cancellationToken) =>
        await PartitionAsync(MemberSource.Group(groupId), cancellationToken) is { } partition
            ? await new MemberBatch(members, partition).AddAsync(userIds, at, cancellationToken)
            : null;

    public async Task<bool> RemoveAsync(MemberSource source, LmsId userId, EventTime at, AuditEntry? entry, CancellationToken cancellationToken) =>
        await PartitionAsync(source, cancellationToken) is { } partition
        && await new Membership(members, partition, userId, audit).SetAsync(isMember: false, at, entry, cancellationToken);

    /// <summary>Null: a group that does not exist has no members.</summary>
    private async Task<string?> PartitionAsync(MemberSource source, CancellationToken cancellationToken)
    {
        if (source.Type == MemberSourceType.Branch)
        {
            return MemberKeys.OfBranch(source.Id);
        }

        var group = await directory.FindRowAsync(GroupRow.PartitionKey, source.Id.Value, cancellationToken);
        return group is null || GroupRow.IsDeleted(group) ? null : MemberKeys.OfGroup(source.Id, group.GetString(GroupRow.Generation));
    }
}
