using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Audit;

namespace CertFunctions.Functions.Storage.Directory;

internal sealed class TableMemberStore(TableClient members, TableClient directory, TableClient users, AuditIntents audit) : IMemberStore
{
    private readonly BranchMembers branches = new(users);

    public async IAsyncEnumerable<LmsId> ReadGroupAsync(
        LmsId groupId, LmsId? after, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await PartitionAsync(groupId, cancellationToken) is not { } partition)
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

    public IAsyncEnumerable<LmsId> ReadBranchesAsync(
        IReadOnlyCollection<LmsId> branchIds, LmsId? after, int pageSize, CancellationToken cancellationToken) =>
        branches.ReadAsync(branchIds, after, pageSize, cancellationToken);

    public async Task<Page<LmsId>> ListAsync(MemberSource source, PageRequest page, CancellationToken cancellationToken)
    {
        if (source.Type == MemberSourceType.Branch)
        {
            var ids = branches.ReadAsync([source.Id], page.After is { } after ? LmsId.Parse(after) : null, page.Limit + 1, cancellationToken);
            return Core.Pages.Cut(await ids.Take(page.Limit + 1).ToListAsync(cancellationToken), page.Limit, userId => userId.Value);
        }

        if (await PartitionAsync(source.Id, cancellationToken) is not { } partition)
        {
            return new Page<LmsId>([], null);
        }

        var rows = await MemberKeys.Members(partition).ReadPageAsync(members, page, cancellationToken);
        return rows.Select(row => LmsId.Parse(row.GetString(Membership.UserId)));
    }

    public async Task<int> CountAsync(LmsId groupId, CancellationToken cancellationToken) =>
        await PartitionAsync(groupId, cancellationToken) is not { } partition
            ? 0
            : (await MemberKeys.Counts(partition).ReadFirstAsync(members, Shard.Count, cancellationToken)).Sum(row => row.GetInt32(Membership.Count)!.Value);

    public async Task<bool> ContainsAsync(MemberSource source, LmsId userId, CancellationToken cancellationToken) =>
        source.Type == MemberSourceType.Branch
            ? await branches.ContainsAsync(source.Id, userId, cancellationToken)
            : await PartitionAsync(source.Id, cancellationToken) is { } partition
                && await members.FindRowAsync(partition, MemberKeys.OfMember(userId), cancellationToken) is not null;

    public async Task<IReadOnlySet<LmsId>> FindManyAsync(LmsId groupId, IReadOnlyCollection<LmsId> userIds, CancellationToken cancellationToken)
    {
        if (await PartitionAsync(groupId, cancellationToken) is not { } partition)
        {
            return new HashSet<LmsId>();
        }

        var keys = userIds.ToDictionary(MemberKeys.OfMember, StringComparer.Ordinal);
        var found = await new RowsByKey(members, ["RowKey"]).FindAsync(partition, [.. keys.Keys.Order(StringComparer.Ordinal)], cancellationToken);
        return found.Keys.Select(key => keys[key]).ToHashSet();
    }

    public async Task<bool> AddAsync(LmsId groupId, LmsId userId, EventTime at, AuditEntry? entry, CancellationToken cancellationToken) =>
        await PartitionAsync(groupId, cancellationToken) is { } partition
        && await new Membership(members, partition, userId, audit).SetAsync(isMember: true, at, entry, cancellationToken);

    public async Task<IReadOnlySet<LmsId>?> AddManyAsync(
        LmsId groupId, IReadOnlyCollection<LmsId> userIds, DateTimeOffset at, CancellationToken cancellationToken) =>
        await PartitionAsync(groupId, cancellationToken) is { } partition
            ? await new MemberBatch(members, partition).AddAsync(userIds, at, cancellationToken)
            : null;

    public async Task<bool> RemoveAsync(LmsId groupId, LmsId userId, EventTime at, AuditEntry? entry, CancellationToken cancellationToken) =>
        await PartitionAsync(groupId, cancellationToken) is { } partition
        && await new Membership(members, partition, userId, audit).SetAsync(isMember: false, at, entry, cancellationToken);

    /// <summary>Null: a group that does not exist has no members.</summary>
    private async Task<string?> PartitionAsync(LmsId groupId, CancellationToken cancellationToken)
    {
        var group = await directory.FindRowAsync(GroupRow.PartitionKey, groupId.Value, cancellationToken);
        return group is null || GroupRow.IsDeleted(group) ? null : MemberKeys.OfGroup(groupId, group.GetString(GroupRow.Generation));
    }
}
