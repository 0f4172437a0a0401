using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

/// <summary>Members in memory. Unlike the real one it does not know which groups exist.</summary>
public sealed class FakeMemberStore : IMemberStore
{
    private readonly ConcurrentDictionary<(MemberSource Source, LmsId UserId), DateTimeOffset> members = new();

    /// <summary>Puts members there.</summary>
    public void Add(MemberSource source, params IEnumerable<LmsId> userIds)
    {
        foreach (var userId in userIds)
        {
            members[(source, userId)] = DateTimeOffset.UnixEpoch;
        }
    }

    public IAsyncEnumerable<LmsId> ReadAsync(MemberSource source, int pageSize, CancellationToken cancellationToken) =>
        Of(source).ToAsyncEnumerable();

    public Task<Page<LmsId>> ListAsync(MemberSource source, PageRequest page, CancellationToken cancellationToken)
    {
        var after = page.After is null ? null : LmsId.Parse(page.After);
        var found = Of(source).Where(id => after is null || ShardOrder.Instance.Compare(id, after) > 0).Take(page.Limit + 1).ToList();
        return Task.FromResult(new Page<LmsId>([.. found.Take(page.Limit)], found.Count > page.Limit ? found[page.Limit - 1].Value : null));
    }

    public Task<bool> ContainsAsync(MemberSource source, LmsId userId, CancellationToken cancellationToken) =>
        Task.FromResult(members.ContainsKey((source, userId)));

    public Task AddAsync(MemberSource source, LmsId userId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        members[(source, userId)] = at;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(MemberSource source, LmsId userId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        members.TryRemove((source, userId), out _);
        return Task.CompletedTask;
    }

    private IEnumerable<LmsId> Of(MemberSource source) =>
        members.Keys.Where(key => key.Source == source).Select(key => key.UserId).Order(ShardOrder.Instance);
}
