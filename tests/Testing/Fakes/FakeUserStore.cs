using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

/// <summary>Users and their usernames in memory.</summary>
public sealed class FakeUserStore(TimeProvider time) : IUserStore, IUsernameClaims
{
    private readonly ConcurrentDictionary<LmsId, StoredUser> users = new();
    private readonly Dictionary<string, (UsernameClaim Claim, LmsId Owner, DateTimeOffset At)> claims = [];
    private readonly Lock claiming = new();
    private readonly Dictionary<LmsId, UserDeletion> deletions = [];
    private readonly ConcurrentDictionary<Shard, string> namesRevisions = new();
    private int revisions;

    public FakeUserStore()
        : this(TimeProvider.System)
    {
    }

    /// <summary>What was stored with changes for the audit to say.</summary>
    public FakeAudit Audit { get; } = new();

    /// <summary>What changes of these users still have to bring about.</summary>
    public FakeUserFollowUps FollowUps { get; } = new();

    /// <summary>Puts a user there as if it had been written long ago.</summary>
    public void Add(params ReadOnlySpan<User> added)
    {
        foreach (var user in added)
        {
            var claim = new UsernameClaim(user.Username, "added");
            users[user.Id] = new StoredUser(user, claim, "0");
            claims[Key(user.Username)] = (claim, user.Id, DateTimeOffset.MinValue);
        }
    }

    public Task<User?> FindAsync(LmsId id, CancellationToken cancellationToken) => Task.FromResult(users.GetValueOrDefault(id)?.User);

    public Task<StoredUser?> FindStoredAsync(LmsId id, CancellationToken cancellationToken) => Task.FromResult(users.GetValueOrDefault(id));

    public Task<IReadOnlyDictionary<LmsId, User>> FindManyAsync(Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<LmsId, User>>(
            ids.Where(users.ContainsKey).ToDictionary(id => id, id => users[id].User));

    public Task<IReadOnlyDictionary<LmsId, StoredUser>> FindManyStoredAsync(
        Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<LmsId, StoredUser>>(ids.Where(users.ContainsKey).ToDictionary(id => id, id => users[id]));

    public Task<IReadOnlyList<User>> TouchManyAsync(IReadOnlyList<(User User, StoredUser Former)> touched, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<User>>([.. touched
            .Where(one => users.TryUpdate(one.User.Id, one.Former with { User = one.User, Revision = NextRevision() }, one.Former))
            .Select(one => one.User)]);

    public Task<Page<User>> ListAsync(string? search, PageRequest page, CancellationToken cancellationToken)
    {
        var found = users.Values.Select(stored => stored.User)
            .Select(user => (User: user, Key: search is null ? user.Id.Value : FirstMatch(user, search)))
            .Where(row => row.Key is not null && (page.After is null || string.CompareOrdinal(row.Key, page.After) > 0))
            .OrderBy(row => row.Key, StringComparer.Ordinal)
            .Take(page.Limit + 1)
            .ToList();
        return Task.FromResult(new Page<User>(
            [.. found.Take(page.Limit).Select(row => row.User)], found.Count > page.Limit ? found[page.Limit - 1].Key : null));
    }

    public Task<bool> TryWriteAsync(
        User user, UsernameClaim claim, StoredUser former, UserFollowUp? followUp, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var written = new StoredUser(user, claim, NextRevision());
        var isWritten = FollowUps.IsUntaken(followUp) && users.TryUpdate(user.Id, written, former);
        if (isWritten && former.User.Name != user.Name)
        {
            namesRevisions[Shard.Of(user.Id)] = written.Revision;
        }

        return Task.FromResult(Audit.Note(isWritten, entry));
    }

    public Task<UserDeletion> FindDeletionAsync(LmsId id, CancellationToken cancellationToken) => Task.FromResult(DeletionOf(id));

    public Task<bool> TryCreateAsync(
        User user, UsernameClaim claim, UserDeletion deletion, UserFollowUp? followUp, AuditEntry? entry, CancellationToken cancellationToken)
    {
        lock (deletions)
        {
            return Task.FromResult(Audit.Note(
                FollowUps.IsUntaken(followUp)
                && DeletionOf(user.Id) == deletion
                && users.TryAdd(user.Id, new StoredUser(user, claim, NextRevision())),
                entry));
        }
    }

    public Task RememberDeletionAsync(LmsId id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (deletions)
        {
            deletions[id] = at < DeletionOf(id).At ? deletions[id] : new UserDeletion(at, NextRevision());
        }

        return Task.CompletedTask;
    }

    public Task<string?> FindNamesRevisionAsync(Shard shard, CancellationToken cancellationToken) =>
        Task.FromResult(namesRevisions.GetValueOrDefault(shard));

    public Task<UsernameClaim?> TryClaimAsync(string username, LmsId userId, CancellationToken cancellationToken)
    {
        lock (claiming)
        {
            var key = Key(username);
            if (claims.TryGetValue(key, out var former) && former.Owner != userId && !IsFree(former, key))
            {
                return Task.FromResult<UsernameClaim?>(null);
            }

            if (former.Owner is { } owner && owner != userId)
            {
                FenceOff(owner);
            }

            var claim = new UsernameClaim(username, Guid.NewGuid().ToString("n"));
            claims[key] = (claim, userId, time.GetUtcNow());
            return Task.FromResult<UsernameClaim?>(claim);
        }
    }

    public Task ReleaseAsync(UsernameClaim claim, LmsId userId, CancellationToken cancellationToken)
    {
        lock (claiming)
        {
            if (claims.TryGetValue(Key(claim.Username), out var held) && held.Claim.Token == claim.Token && held.Owner == userId)
            {
                claims.Remove(Key(claim.Username));
            }
        }

        return Task.CompletedTask;
    }

    public Task GiveBackAsync(UsernameClaim claim, LmsId userId, CancellationToken cancellationToken)
    {
        lock (claiming)
        {
            if (users.GetValueOrDefault(userId) is { } stored && Key(stored.User.Username) == Key(claim.Username))
            {
                return Task.CompletedTask;
            }

            FenceOff(userId);
        }

        return ReleaseAsync(claim, userId, cancellationToken);
    }

    public Task<IReadOnlyDictionary<string, LmsId>> FindOwnersAsync(IReadOnlyCollection<string> usernames, CancellationToken cancellationToken)
    {
        lock (claiming)
        {
            return Task.FromResult<IReadOnlyDictionary<string, LmsId>>(usernames
                .Where(username => claims.ContainsKey(Key(username)))
                .ToDictionary(username => username, username => claims[Key(username)].Owner));
        }
    }

    private UserDeletion DeletionOf(LmsId id)
    {
        lock (deletions)
        {
            return deletions.TryGetValue(id, out var deletion) ? deletion : deletions[id] = new UserDeletion(null, NextRevision());
        }
    }

    /// <summary>Whatever was decided on this user as it was is refused.</summary>
    private void FenceOff(LmsId id)
    {
        lock (deletions)
        {
            deletions[id] = DeletionOf(id) with { Revision = NextRevision() };
        }

        if (users.TryGetValue(id, out var stored))
        {
            users.TryUpdate(id, stored with { Revision = NextRevision() }, stored);
        }
    }

    private string NextRevision() => $"{Interlocked.Increment(ref revisions)}";

    private static string Key(string text) => FoldedText.Of(text);

    private static string? FirstMatch(User user, string search) =>
        user.SearchedNames.Select(Key)
            .Where(name => name.StartsWith(Key(search), StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name}!{user.Id}")
            .FirstOrDefault();

    private bool IsFree((UsernameClaim Claim, LmsId Owner, DateTimeOffset At) claim, string key) =>
        time.GetUtcNow() - claim.At >= UsernameClaim.Lease
        && (users.GetValueOrDefault(claim.Owner) is not { } owner || Key(owner.User.Username) != key);
}
