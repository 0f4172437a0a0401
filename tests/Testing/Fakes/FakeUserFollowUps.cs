using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

public sealed class FakeUserFollowUps : IUserFollowUps
{
    private readonly ConcurrentDictionary<string, UserFollowUp> rows = new();

    public Task AddAsync(UserFollowUp followUp, CancellationToken cancellationToken)
    {
        rows[followUp.Id] = followUp;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(UserFollowUp followUp, CancellationToken cancellationToken)
    {
        rows.TryRemove(followUp.Id, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<UserFollowUp>> ReadAsync(LmsId userId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<UserFollowUp>>([.. rows.Values.Where(row => row.UserId == userId)]);

    public IAsyncEnumerable<UserFollowUp> ReadOlderAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        rows.Values.Where(row => row.AddedAt < before).ToArray().ToAsyncEnumerable();
}
