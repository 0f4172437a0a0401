using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

public sealed class FakeUserFollowUps : IUserFollowUps
{
    private readonly ConcurrentDictionary<(LmsId UserId, string Id), UserFollowUp> rows = new();

    public IReadOnlyCollection<UserFollowUp> All => [.. rows.Values];

    public Task AddAsync(UserFollowUp followUp, CancellationToken cancellationToken)
    {
        Add(followUp);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<UserFollowUp>> ReadAsync(Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<UserFollowUp>>([.. rows.Values.Where(row => userIds.Contains(row.UserId))]);

    public IAsyncEnumerable<UserFollowUp> ReadOlderAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        rows.Values.Where(row => row.AddedAt < before).ToArray().ToAsyncEnumerable();

    public Task RemoveManyAsync(IReadOnlyList<UserFollowUp> done, CancellationToken cancellationToken)
    {
        foreach (var followUp in done)
        {
            rows.TryRemove((followUp.UserId, followUp.Id), out _);
        }

        return Task.CompletedTask;
    }

    internal void Add(UserFollowUp followUp) => rows[(followUp.UserId, followUp.Id)] = followUp;
}
