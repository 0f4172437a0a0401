using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

public sealed class FakeUserFollowUps : IUserFollowUps
{
    private readonly ConcurrentDictionary<string, UserFollowUp> rows = new();
    private int revisions;

    public Task<UserFollowUp> AddAsync(UserFollowUp followUp, CancellationToken cancellationToken) =>
        Task.FromResult(rows[followUp.Id] = followUp with { Revision = NextRevision() });

    public Task<bool> TryTakeAsync(UserFollowUp followUp, CancellationToken cancellationToken) => Task.FromResult(
        rows.TryGetValue(followUp.Id, out var stored) && rows.TryUpdate(followUp.Id, stored with { Revision = NextRevision() }, stored));

    /// <summary>Nobody has taken it, or there is none.</summary>
    internal bool IsUntaken(UserFollowUp? followUp) => followUp is null || rows.GetValueOrDefault(followUp.Id)?.Revision == followUp.Revision;

    public Task RemoveAsync(UserFollowUp followUp, CancellationToken cancellationToken)
    {
        rows.TryRemove(followUp.Id, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<UserFollowUp>> ReadAsync(LmsId userId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<UserFollowUp>>([.. rows.Values.Where(row => row.UserId == userId)]);

    public IAsyncEnumerable<UserFollowUp> ReadOlderAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        rows.Values.Where(row => row.AddedAt < before).ToArray().ToAsyncEnumerable();

    private string NextRevision() => $"{Interlocked.Increment(ref revisions)}";
}
