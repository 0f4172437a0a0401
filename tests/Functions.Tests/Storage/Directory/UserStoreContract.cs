using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Functions.Tests.Storage.Directory;

/// <summary>What every store of users and their usernames promises.</summary>
public abstract class UserStoreContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Time { get; } = new(Sample.Now);

    protected abstract Task<(IUserStore Users, IUsernameClaims Claims, IUserFollowUps FollowUps)> AllStoresAsync();

    private async Task<(IUserStore Users, IUsernameClaims Claims)> StoresAsync()
    {
        var (users, claims, _) = await AllStoresAsync();
        return (users, claims);
    }

    [Fact]
    public async Task Finds_a_user_as_it_was_written()
    {
        var (users, claims) = await StoresAsync();
        var user = Sample.User("u-1", "Ada.L") with { Email = "ada@example.org", BranchId = Sample.Id("b-1"), Active = false };
        await WriteAsync(users, claims, user);

        Assert.Equal(user, await users.FindAsync(user.Id, Cancellation));
        Assert.Null(await users.FindAsync(Sample.Id("U-1"), Cancellation));
    }

    [Fact]
    public async Task Refuses_to_create_twice_and_to_replace_a_stale_state()
    {
        var (users, claims) = await StoresAsync();
        var user = Sample.User("u-1");
        var claim = await WriteAsync(users, claims, user);
        var read = await users.FindStoredAsync(user.Id, Cancellation);

        Assert.False(await TryCreateAsync(users, claim, user));
        Assert.True(await users.TryWriteAsync(user with { Version = 2 }, claim, read!, null, null, Cancellation));
        Assert.False(await users.TryWriteAsync(user with { Version = 3 }, claim, read!, null, null, Cancellation));
    }

    [Fact]
    public async Task Remembers_the_latest_deletion_of_a_user_that_does_not_exist()
    {
        var (users, _) = await StoresAsync();
        var id = Sample.Id("u-1");
        Assert.Null((await users.FindDeletionAsync(id, Cancellation)).At);

        await users.RememberDeletionAsync(id, Sample.Now, Cancellation);
        await users.RememberDeletionAsync(id, Sample.Now.AddDays(-1), Cancellation);
        Assert.Equal(Sample.Now, (await users.FindDeletionAsync(id, Cancellation)).At);

        await users.RememberDeletionAsync(id, Sample.Now.AddDays(1), Cancellation);
        Assert.Equal(Sample.Now.AddDays(1), (await users.FindDeletionAsync(id, Cancellation)).At);
    }

    [Fact]
    public async Task A_user_is_not_created_past_a_deletion_that_its_creator_has_not_seen()
    {
        var (users, claims) = await StoresAsync();
        var user = Sample.User("u-1");
        var claim = await claims.TryClaimAsync(user.Username, user.Id, Cancellation);
        var seen = await users.FindDeletionAsync(user.Id, Cancellation);
        await users.RememberDeletionAsync(user.Id, Sample.Now, Cancellation);

        Assert.False(await users.TryCreateAsync(user, claim!, seen, null, null, Cancellation));
        Assert.True(await TryCreateAsync(users, claim!, user));
    }

    [Fact]
    public async Task Keeps_when_the_events_of_a_user_happened()
    {
        var (users, claims) = await StoresAsync();
        var user = Sample.User("u-1") with { Deleted = true, ChangedAt = Sample.Now.AddDays(-2), ActiveAt = Sample.Now.AddDays(-1) };
        await WriteAsync(users, claims, user);

        Assert.Equal(user, await users.FindAsync(user.Id, Cancellation));
    }

    [Fact]
    public async Task Changes_the_revision_of_names_with_a_rename_and_with_nothing_else()
    {
        var (users, claims) = await StoresAsync();
        var user = Sample.User("u-1");
        var shard = Shard.Of(user.Id);
        var claim = await WriteAsync(users, claims, user);
        var former = await users.FindNamesRevisionAsync(shard, Cancellation);

        await users.TryWriteAsync(user with { Active = false }, claim, (await users.FindStoredAsync(user.Id, Cancellation))!, null, null, Cancellation);
        Assert.Equal(former, await users.FindNamesRevisionAsync(shard, Cancellation));

        var renamed = user with { Active = false, LastName = "King" };
        await users.TryWriteAsync(renamed, claim, (await users.FindStoredAsync(user.Id, Cancellation))!, null, null, Cancellation);
        Assert.NotEqual(former, await users.FindNamesRevisionAsync(shard, Cancellation));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 1)]
    [InlineData(60, 1)]
    [InlineData(60, 7)]
    public async Task Finds_many_of_a_shard_dense_or_sparse(int count, int every)
    {
        var (users, claims) = await StoresAsync();
        var ids = Enumerable.Range(0, 10_000).Select(i => Sample.Id($"u-{i:d5}")).Where(id => Shard.Of(id).Number == 3).Take(count).ToList();
        foreach (var id in ids.Where((_, i) => i % every == 0))
        {
            await WriteAsync(users, claims, Sample.User(id.Value));
        }

        var found = await users.FindManyAsync(Shard.Numbered(3), ids, Cancellation);

        Assert.Equal(ids.Where((_, i) => i % every == 0), found.Keys.OrderBy(id => id.Value, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ad", "u-1,u-2,u-3")]
    [InlineData("AD", "u-1,u-2,u-3")]
    [InlineData("love", "u-2")]
    [InlineData("zo\u0308", "u-4")]
    [InlineData("a b/c?", "u-5")]
    [InlineData("ada love", "u-2")]
    [InlineData("ADA L", "u-2")]
    [InlineData("bo adler", "u-3")]
    [InlineData("love ada", "")]
    [InlineData("nobody", "")]
    public async Task Searches_the_beginning_of_each_name_whatever_the_case_and_shows_each_user_once(string search, string expected)
    {
        var (users, claims) = await StoresAsync();
        await WriteAsync(users, claims, Sample.User("u-1", "ada", "Ada", "Adams"));
        await WriteAsync(users, claims, Sample.User("u-2", "x2", "ADA", "Lovelace"));
        await WriteAsync(users, claims, Sample.User("u-3", "x3", "Bo", "Adler"));
        await WriteAsync(users, claims, Sample.User("u-4", "x4", "Z\u00F6e", ""));
        await WriteAsync(users, claims, Sample.User("u-5", "A B/C?#\u00E9", "X", "X"));

        foreach (var limit in new[] { 1, 2, 200 })
        {
            var found = await Walk.AllAsync(limit, page => users.ListAsync(search, page, Cancellation));
            Assert.Equal(expected, string.Join(',', found.Select(user => user.Id.Value).Order(StringComparer.Ordinal)));
        }
    }

    [Fact]
    public async Task A_user_is_found_by_its_new_names_alone()
    {
        var (users, claims) = await StoresAsync();
        var claim = await WriteAsync(users, claims, Sample.User("u-1", "u-1", "Ada", "Byron"));
        var stored = await users.FindStoredAsync(Sample.Id("u-1"), Cancellation);
        await users.TryWriteAsync(Sample.User("u-1", "u-1", "Ada", "Lovelace") with { Version = 2 }, claim, stored!, null, null, Cancellation);

        Assert.Empty((await users.ListAsync("byr", new PageRequest(50, null), Cancellation)).Items);
        Assert.Equal(2, Assert.Single((await users.ListAsync("lov", new PageRequest(50, null), Cancellation)).Items).Version);
    }

    [Fact]
    public async Task Names_beyond_the_length_of_a_key_are_told_apart()
    {
        var (users, claims) = await StoresAsync();
        var name = new string('n', 240);
        await WriteAsync(users, claims, Sample.User("u-1", name + "a"));
        await WriteAsync(users, claims, Sample.User("u-2", name + "b"));

        Assert.Equal("u-2", Assert.Single((await users.ListAsync(name + "b", new PageRequest(50, null), Cancellation)).Items).Id.Value);
    }

    [Fact]
    public async Task A_walk_shows_every_untouched_user_once_while_others_come_and_go()
    {
        var (users, claims) = await StoresAsync();
        var untouched = Enumerable.Range(0, 40).Select(i => $"u-{i:d3}").ToList();
        foreach (var id in untouched)
        {
            await WriteAsync(users, claims, Sample.User(id));
        }

        var more = 0;
        var seen = await Walk.AllAsync(
            7, page => users.ListAsync(null, page, Cancellation), () => WriteAsync(users, claims, Sample.User($"u-{++more * 7:d3}x")));

        Assert.Equal(untouched, seen.Select(user => user.Id.Value).Where(id => !id.EndsWith('x')));
    }

    [Fact]
    public async Task Notes_the_times_of_many_unless_one_of_them_changed_meanwhile()
    {
        var (users, claims) = await StoresAsync();
        var ids = Enumerable.Range(0, 400).Select(n => Sample.Id($"u-{n}")).Where(id => Shard.Of(id).Number == 3).Take(12).Order(ShardOrder.Instance).ToList();
        foreach (var id in ids)
        {
            await WriteAsync(users, claims, Sample.User(id.Value, $"name-{id}"));
        }

        var stored = await users.FindManyStoredAsync(Shard.Numbered(3), [.. ids, Sample.Id("u-none-3")], Cancellation);
        var touched = stored.Values.Select(former => (User: former.User with { ChangedAt = Sample.Now.AddHours(1) }, Former: former)).ToList();

        Assert.Equal(ids, stored.Keys.Order(ShardOrder.Instance));
        Assert.Equal(touched.Select(one => one.User).ToHashSet(), (await users.TouchManyAsync(touched, Cancellation)).ToHashSet());
        Assert.Empty(await users.TouchManyAsync([touched[0]], Cancellation));
        Assert.Equal(touched[0].User, await users.FindAsync(touched[0].User.Id, Cancellation));
    }

    [Fact]
    public async Task A_claimed_username_is_refused_to_others_whatever_the_case_until_the_lease_ends()
    {
        var (_, claims) = await StoresAsync();
        Assert.NotNull(await claims.TryClaimAsync("Ada", Sample.Id("u-1"), Cancellation));

        Time.Advance(UsernameClaim.Lease - TimeSpan.FromSeconds(1));
        Assert.Null(await claims.TryClaimAsync("aDA", Sample.Id("u-2"), Cancellation));
        Assert.NotNull(await claims.TryClaimAsync("ada", Sample.Id("u-1"), Cancellation));

        Time.Advance(UsernameClaim.Lease);
        Assert.NotNull(await claims.TryClaimAsync("ada", Sample.Id("u-2"), Cancellation));
    }

    [Fact]
    public async Task A_username_in_use_is_never_taken_over()
    {
        var (users, claims) = await StoresAsync();
        await WriteAsync(users, claims, Sample.User("u-1", "Ada"));

        Time.Advance(UsernameClaim.Lease * 100);
        Assert.Null(await claims.TryClaimAsync("ada", Sample.Id("u-2"), Cancellation));
    }

    /// <summary>However long a writer sleeps between its claim and the user: what fences it off is no clock.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_writer_whose_username_was_taken_over_writes_nothing_any_more(bool isThere)
    {
        var (users, claims) = await StoresAsync();
        var user = Sample.User("u-1", "old");
        await (isThere ? WriteAsync(users, claims, user) : Task.CompletedTask);
        var (former, deletion) = (await users.FindStoredAsync(user.Id, Cancellation), await users.FindDeletionAsync(user.Id, Cancellation));
        var claim = (await claims.TryClaimAsync("ada", user.Id, Cancellation))!;

        Time.Advance(UsernameClaim.Lease);
        await WriteAsync(users, claims, Sample.User("u-2", "ada"));

        Assert.False(await (former is null
            ? users.TryCreateAsync(user with { Username = "ada" }, claim, deletion, null, null, Cancellation)
            : users.TryWriteAsync(user with { Username = "ada" }, claim, former, null, null, Cancellation)));
        Assert.Equal(isThere ? "old" : null, (await users.FindAsync(user.Id, Cancellation))?.Username);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_writer_whose_follow_up_was_taken_or_removed_writes_nothing_any_more(bool isThere)
    {
        var (users, claims, followUps) = await AllStoresAsync();
        var user = Sample.User("u-1");
        var claim = isThere ? await WriteAsync(users, claims, user) : (await claims.TryClaimAsync(user.Username, user.Id, Cancellation))!;
        var taken = await AddAsync("taken");
        Assert.True(await followUps.TryTakeAsync(taken, Cancellation));
        var removed = await AddAsync("removed");
        await followUps.RemoveAsync(removed, Cancellation);

        Assert.False(await TryAsync(taken));
        Assert.False(await TryAsync(removed));
        Assert.True(await TryAsync(await AddAsync("untouched")));

        Task<UserFollowUp> AddAsync(string id) => followUps.AddAsync(new UserFollowUp(user.Id, id, [], Renamed: true, Sample.Now), Cancellation);

        async Task<bool> TryAsync(UserFollowUp followUp) => await users.FindStoredAsync(user.Id, Cancellation) is { } former
            ? await users.TryWriteAsync(user with { Version = 2 }, claim, former, followUp, null, Cancellation)
            : await users.TryCreateAsync(user, claim, await users.FindDeletionAsync(user.Id, Cancellation), followUp, null, Cancellation);
    }

    [Fact]
    public async Task A_release_frees_the_username_unless_it_was_claimed_again()
    {
        var (_, claims) = await StoresAsync();
        var first = await claims.TryClaimAsync("ada", Sample.Id("u-1"), Cancellation);
        var second = await claims.TryClaimAsync("ada", Sample.Id("u-1"), Cancellation);

        await claims.ReleaseAsync(first!, Sample.Id("u-1"), Cancellation);
        Assert.Null(await claims.TryClaimAsync("ada", Sample.Id("u-2"), Cancellation));
        await claims.ReleaseAsync(second!, Sample.Id("u-1"), Cancellation);
        Assert.NotNull(await claims.TryClaimAsync("ada", Sample.Id("u-2"), Cancellation));
    }

    /// <summary>Two writers of one user have claimed one username for it, and one of them gives its claim back.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_claim_that_is_given_back_leaves_no_user_without_one(bool isWritten)
    {
        var (users, claims) = await StoresAsync();
        var user = Sample.User("u-1", "ada");
        var deletion = await users.FindDeletionAsync(user.Id, Cancellation);
        var first = (await claims.TryClaimAsync("ada", user.Id, Cancellation))!;
        var second = (await claims.TryClaimAsync("ada", user.Id, Cancellation))!;
        await (isWritten ? users.TryCreateAsync(user, first, deletion, null, null, Cancellation) : Task.FromResult(false));

        await claims.GiveBackAsync(second, user.Id, Cancellation);

        Assert.Equal(isWritten, await claims.TryClaimAsync("ada", Sample.Id("u-2"), Cancellation) is null);
        Assert.False(await users.TryCreateAsync(user, first, deletion, null, null, Cancellation));
    }

    [Fact]
    public async Task Finds_who_claimed_usernames_whatever_their_case()
    {
        var (users, claims) = await StoresAsync();
        await WriteAsync(users, claims, Sample.User("u-1", "Ada"));
        await WriteAsync(users, claims, Sample.User("u-2", "Zo\u00EB"));
        var released = await claims.TryClaimAsync("gone", Sample.Id("u-3"), Cancellation);
        await claims.ReleaseAsync(released!, Sample.Id("u-3"), Cancellation);

        var owners = await claims.FindOwnersAsync(["aDA", "ZOE\u0308", "gone", "nobody"], Cancellation);

        Assert.Equal(2, owners.Count);
        Assert.Equal(Sample.Id("u-1"), owners["aDA"]);
        Assert.Equal(Sample.Id("u-2"), owners["ZOE\u0308"]);
        Assert.Empty(await claims.FindOwnersAsync([], Cancellation));
    }

    private static async Task<bool> TryCreateAsync(IUserStore users, UsernameClaim claim, User user) =>
        await users.TryCreateAsync(user, claim, await users.FindDeletionAsync(user.Id, Cancellation), null, null, Cancellation);

    private static async Task<UsernameClaim> WriteAsync(IUserStore users, IUsernameClaims claims, User user)
    {
        var claim = await claims.TryClaimAsync(user.Username, user.Id, Cancellation);
        Assert.True(await TryCreateAsync(users, claim!, user));
        return claim!;
    }
}

public sealed class FakeUserStoreTests : UserStoreContract
{
    protected override Task<(IUserStore Users, IUsernameClaims Claims, IUserFollowUps FollowUps)> AllStoresAsync()
    {
        var store = new FakeUserStore(Time);
        return Task.FromResult<(IUserStore, IUsernameClaims, IUserFollowUps)>((store, store, store.FollowUps));
    }
}

public sealed class TableUserStoreTests : UserStoreContract
{
    protected override async Task<(IUserStore Users, IUsernameClaims Claims, IUserFollowUps FollowUps)> AllStoresAsync()
    {
        var table = await OwnTable.CreateAsync();
        return (new TableUserStore(table, TestAudit.OutboxOn(table)), new TableUsernameClaims(table, Time), new TableUserFollowUps(table));
    }
}
