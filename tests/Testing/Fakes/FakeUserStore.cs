using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing.Fakes;

/// <summary>Users and their usernames in memory.</summary>
public sealed class FakeUserStore(TimeProvider time) : IUserStore, IUsernameClaims
{
    private readonly Dictionary<LmsId, StoredUser> rows = [];
    private readonly Dictionary<string, (UsernameClaim Claim, LmsId Owner, DateTimeOffset At)> claimed = [];
    private readonly Dictionary<Shard, string> shownRevisions = [];
    private readonly Lock gate = new();
    private int revisions;

    public FakeUserStore()
        : this(TimeProvider.System)
    {
    }

    /// <summary>What was stored with changes for the audit to say.</summary>
    public FakeAudit Audit { get; } = new();

    /// <summary>What changes of these users still have to bring about.</summary>
    public FakeUserFollowUps FollowUps { get; } = new();

    /// <summary>Which branches these users may be written into.</summary>
    public FakeBranchGateStore Gates { get; } = new();

    /// <summary>Called once, before the next users are written: somebody else may be faster.</summary>
    public Func<Task>? BeforeWriting { get; set; }

    /// <summary>Puts users there as if they had been written long ago.</summary>
    public void Add(params ReadOnlySpan<User> added)
    {
        foreach (var user in added)
        {
            var claim = new UsernameClaim(user.Username, "added");
            rows[user.Id] = new StoredUser(user.Id, user, claim, null, "0");
            claimed[Key(user.Username)] = (claim, user.Id, DateTimeOffset.MinValue);
        }
    }

    /// <summary>All that there is for callers to do with these users.</summary>
    public UserService Service(FakeBranchStore branches, IAwardProjection awards, IUserArrivals arrivals)
    {
        var writer = new UserWriter(this, this, new BranchGates(Gates, branches), time);
        return new UserService(this, writer, new UserFollowUpService(FollowUps, this, arrivals, awards, time), arrivals, time);
    }

    public Task<User?> FindAsync(LmsId id, CancellationToken cancellationToken) => Locked(() => rows.GetValueOrDefault(id)?.User);

    public Task<IReadOnlyDictionary<LmsId, User>> FindManyAsync(Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken) =>
        Locked<IReadOnlyDictionary<LmsId, User>>(() => ids.Select(id => rows.GetValueOrDefault(id)?.User).OfType<User>().ToDictionary(user => user.Id));

    public Task<IReadOnlyDictionary<LmsId, StoredUser>> FindManyStoredAsync(
        Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken) =>
        Locked<IReadOnlyDictionary<LmsId, StoredUser>>(() => ids.ToDictionary(id => id, RowOf));

    public Task<Page<User>> ListAsync(string? search, PageRequest page, CancellationToken cancellationToken) => Locked(() =>
    {
        var found = Users
            .Select(user => (User: user, Key: search is null ? user.Id.Value : FirstMatch(user, search)))
            .Where(row => row.Key is not null && (page.After is null || string.CompareOrdinal(row.Key, page.After) > 0))
            .OrderBy(row => row.Key, StringComparer.Ordinal)
            .Take(page.Limit + 1)
            .ToList();
        return new Page<User>([.. found.Take(page.Limit).Select(row => row.User)], found.Count > page.Limit ? found[page.Limit - 1].Key : null);
    });

    public IAsyncEnumerable<User> ReadAsync(LmsId? after, int pageSize, CancellationToken cancellationToken) =>
        Users.Where(user => after is null || ShardOrder.Instance.Compare(user.Id, after) > 0).OrderBy(user => user.Id, ShardOrder.Instance).ToAsyncEnumerable();

    public Task<string?> FindShownRevisionAsync(Shard shard, CancellationToken cancellationToken) => Locked(() => shownRevisions.GetValueOrDefault(shard));

    public async Task<IReadOnlySet<LmsId>> WriteManyAsync(Shard shard, IReadOnlyList<UserWrite> writes, CancellationToken cancellationToken)
    {
        var before = BeforeWriting;
        BeforeWriting = null;
        await (before?.Invoke() ?? Task.CompletedTask);
        return await Locked<IReadOnlySet<LmsId>>(() => writes.Where(TryWrite).Select(write => write.Change.UserId).ToHashSet());
    }

    public Task<bool> TryRememberDeletionAsync(StoredUser former, DateTimeOffset at, CancellationToken cancellationToken) => Locked(() =>
    {
        if (RowOf(former.Id) != former)
        {
            return false;
        }

        rows[former.Id] = former with { DeletedAt = at, Revision = NextRevision() };
        return true;
    });

    public Task<IReadOnlyDictionary<LmsId, UsernameClaim>> ClaimManyAsync(
        IReadOnlyCollection<UsernameWish> wishes, CancellationToken cancellationToken) => Locked<IReadOnlyDictionary<LmsId, UsernameClaim>>(() =>
    {
        var got = new Dictionary<LmsId, UsernameClaim>();
        foreach (var wish in wishes.DistinctBy(wish => Key(wish.Username)).Where(MayHave))
        {
            var claim = new UsernameClaim(wish.Username, NextRevision());
            claimed[Key(wish.Username)] = (claim, wish.UserId, time.GetUtcNow());
            got[wish.UserId] = claim;
        }

        return got;
    });

    public Task ReleaseManyAsync(IReadOnlyCollection<UsernameClaim> claims, CancellationToken cancellationToken) => Locked(() =>
    {
        foreach (var claim in claims.Where(claim => claimed.TryGetValue(Key(claim.Username), out var held) && held.Claim.Token == claim.Token))
        {
            claimed.Remove(Key(claim.Username));
        }

        return true;
    });

    public Task<IReadOnlyDictionary<string, LmsId>> FindOwnersAsync(IReadOnlyCollection<string> usernames, CancellationToken cancellationToken) =>
        Locked<IReadOnlyDictionary<string, LmsId>>(() => usernames
            .Where(username => claimed.ContainsKey(Key(username)))
            .ToDictionary(username => username, username => claimed[Key(username)].Owner));

    /// <summary>Everybody, as they are now.</summary>
    internal IReadOnlyList<User> Users => Locked<IReadOnlyList<User>>(() => [.. rows.Values.Select(row => row.User).OfType<User>()]).Result;

    private bool TryWrite(UserWrite write)
    {
        var change = write.Change;
        if (RowOf(change.UserId) != change.Former || (change.Joined is { } branch && !Gates.IsOpen(Shard.Of(change.UserId), branch)))
        {
            return false;
        }

        rows[change.UserId] = new StoredUser(change.UserId, change.Next, write.Claim, null, NextRevision());
        if (change.IsShownOtherwise)
        {
            shownRevisions[Shard.Of(change.UserId)] = NextRevision();
        }

        if (write.FollowUp is { } followUp)
        {
            FollowUps.Add(followUp);
        }

        return Audit.Note(true, change.Entry);
    }

    private bool MayHave(UsernameWish wish)
    {
        if (!claimed.TryGetValue(Key(wish.Username), out var former) || former.Owner == wish.UserId)
        {
            return true;
        }

        var owner = RowOf(former.Owner);
        if (time.GetUtcNow() - former.At < UsernameClaim.Lease || (owner.User is { } user && FoldedText.AreSame(user.Username, wish.Username)))
        {
            return false;
        }

        // Whatever was decided on that user as it was is refused.
        rows[owner.Id] = owner with { Revision = NextRevision() };
        return true;
    }

    private StoredUser RowOf(LmsId id) => rows.GetValueOrDefault(id) ?? StoredUser.Nothing(id);

    private Task<T> Locked<T>(Func<T> action)
    {
        lock (gate)
        {
            return Task.FromResult(action());
        }
    }

    private string NextRevision() => $"{++revisions}";

    private static string Key(string text) => FoldedText.Of(text);

    private static string? FirstMatch(User user, string search) =>
        user.SearchedNames.Select(Key)
            .Where(name => name.StartsWith(Key(search), StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name}!{user.Id}")
            .FirstOrDefault();
}
