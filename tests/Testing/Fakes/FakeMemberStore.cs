using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

/// <summary>Members in memory. Unlike the real one it does not know which groups exist.</summary>
/// <param name="users">Whose branches are looked at too; null: only those who were put there.</param>
public sealed class FakeMemberStore(FakeUserStore? users = null) : IMemberStore
{
    private readonly ConcurrentDictionary<(MemberSource Source, LmsId UserId), (bool IsMember, DateTimeOffset At, DateTimeOffset? JoinedAt)> members = new();

    /// <summary>What was stored with changes for the audit to say.</summary>
    public FakeAudit Audit { get; } = new();

    /// <summary>Whose memberships cannot be changed, as if the storage were away.</summary>
    public LmsId? FailsFor { get; set; }

    /// <summary>Puts members there.</summary>
    public void Add(MemberSource source, params IEnumerable<LmsId> userIds)
    {
        foreach (var userId in userIds)
        {
            members[(source, userId)] = (true, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        }
    }

    /// <summary>Takes one away.</summary>
    public void Remove(MemberSource source, LmsId userId) => members.TryRemove((source, userId), out _);

    public IAsyncEnumerable<LmsId> ReadGroupAsync(LmsId groupId, LmsId? after, int pageSize, CancellationToken cancellationToken) =>
        Behind(after, Of(MemberSource.Group(groupId))).ToAsyncEnumerable();

    public IAsyncEnumerable<LmsId> ReadBranchesAsync(
        IReadOnlyCollection<LmsId> branchIds, LmsId? after, int pageSize, CancellationToken cancellationToken) =>
        Behind(after, branchIds.SelectMany(id => Of(MemberSource.Branch(id))).Distinct().Order(ShardOrder.Instance)).ToAsyncEnumerable();

    public Task<Page<LmsId>> ListAsync(MemberSource source, PageRequest page, CancellationToken cancellationToken)
    {
        var after = page.After is null ? null : LmsId.Parse(page.After);
        var found = Behind(after, Of(source)).Take(page.Limit + 1).ToList();
        return Task.FromResult(new Page<LmsId>([.. found.Take(page.Limit)], found.Count > page.Limit ? found[page.Limit - 1].Value : null));
    }

    public Task<int> CountAsync(LmsId groupId, CancellationToken cancellationToken) => Task.FromResult(Of(MemberSource.Group(groupId)).Count());

    public Task<bool> ContainsAsync(MemberSource source, LmsId userId, CancellationToken cancellationToken) =>
        Task.FromResult(Of(source).Contains(userId));

    public Task<IReadOnlySet<LmsId>> FindManyAsync(LmsId groupId, IReadOnlyCollection<LmsId> userIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<LmsId>>(Of(MemberSource.Group(groupId)).Intersect(userIds).ToHashSet());

    public Task<bool> AddAsync(LmsId groupId, LmsId userId, EventTime at, AuditEntry? entry, CancellationToken cancellationToken) =>
        Task.FromResult(Audit.Note(Set(MemberSource.Group(groupId), userId, isMember: true, at), entry));

    public Task<IReadOnlySet<LmsId>?> AddManyAsync(
        LmsId groupId, IReadOnlyCollection<LmsId> userIds, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var group = MemberSource.Group(groupId);
        foreach (var userId in userIds)
        {
            Set(group, userId, isMember: true, new EventTime(at, IsLastWord: false));
        }

        return Task.FromResult<IReadOnlySet<LmsId>?>(userIds.Where(userId => members.TryGetValue((group, userId), out var row) && row.JoinedAt == at).ToHashSet());
    }

    public Task<bool> RemoveAsync(LmsId groupId, LmsId userId, EventTime at, AuditEntry? entry, CancellationToken cancellationToken) =>
        Task.FromResult(Audit.Note(Set(MemberSource.Group(groupId), userId, isMember: false, at), entry));

    private bool Set(MemberSource source, LmsId userId, bool isMember, EventTime at)
    {
        if (userId == FailsFor)
        {
            throw new IOException("The storage is away.");
        }

        lock (members)
        {
            var known = members.TryGetValue((source, userId), out var former);
            if (known && at.IsOlderThan(former.At))
            {
                return false;
            }

            var wasMember = known && former.IsMember;
            members[(source, userId)] = (isMember, at.At, !isMember ? null : wasMember ? former.JoinedAt : at.At);
            return isMember != wasMember;
        }
    }

    private static IEnumerable<LmsId> Behind(LmsId? after, IEnumerable<LmsId> ids) =>
        ids.Where(id => after is null || ShardOrder.Instance.Compare(id, after) > 0);

    private IEnumerable<LmsId> Of(MemberSource source)
    {
        var inBranch = source.Type == MemberSourceType.Branch ? users?.Users.Where(user => user.BranchId == source.Id).Select(user => user.Id) : null;
        return members.Where(row => row.Key.Source == source && row.Value.IsMember).Select(row => row.Key.UserId)
            .Concat(inBranch ?? []).Distinct().Order(ShardOrder.Instance);
    }
}
