using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Functions.Tests.Storage.Directory;

/// <summary>What every store of users and their usernames promises.</summary>
public abstract class UserStoreContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Usernames: more than a hundred of each part that they are spread over.</summary>
    private const int Many = 2_400;

    protected FakeTimeProvider Time { get; } = new(Sample.Now);

    protected abstract Task<UserPorts> PortsAsync();

    [Fact]
    public async Task Finds_a_user_as_it_was_written()
    {
        var ports = await PortsAsync();
        var user = Sample.User("u-1", "Ada.L") with { Email = "ada@example.org", BranchId = Sample.Id("b-1"), Active = false };
        await ports.AddAsync(user);

        Assert.Equal(user, await ports.Users.FindAsync(user.Id, Cancellation));
        Assert.Null(await ports.Users.FindAsync(Sample.Id("U-1"), Cancellation));
    }

    [Fact]
    public async Task Refuses_to_create_twice_and_to_replace_a_stale_state()
    {
        var ports = await PortsAsync();
        var user = Sample.User("u-1");
        var claim = await ports.AddAsync(user);
        var read = await ports.FindStoredAsync(user.Id);

        Assert.False(await ports.TryWriteAsync(StoredUser.Nothing(user.Id), user, claim));
        Assert.True(await ports.TryWriteAsync(read, user with { Version = 2, Active = false }, claim));
        Assert.False(await ports.TryWriteAsync(read, user with { Version = 3 }, claim));
    }

    [Fact]
    public async Task Remembers_a_deletion_of_a_user_that_does_not_exist_unless_another_came_first()
    {
        var ports = await PortsAsync();
        var nobody = await ports.FindStoredAsync(Sample.Id("u-1"));
        Assert.Equal(StoredUser.Nothing(Sample.Id("u-1")), nobody);

        Assert.True(await ports.Users.TryRememberDeletionAsync(nobody, Sample.Now, Cancellation));
        Assert.False(await ports.Users.TryRememberDeletionAsync(nobody, Sample.Now.AddDays(1), Cancellation));
        var deleted = await ports.FindStoredAsync(nobody.Id);
        Assert.Equal((null, Sample.Now), (deleted.User, deleted.DeletedAt));

        Assert.True(await ports.Users.TryRememberDeletionAsync(deleted, Sample.Now.AddDays(1), Cancellation));
        Assert.Equal(Sample.Now.AddDays(1), (await ports.FindStoredAsync(nobody.Id)).DeletedAt);
        Assert.Null(await ports.Users.FindAsync(nobody.Id, Cancellation));
        Assert.Empty(await ports.Users.FindManyAsync(Shard.Of(nobody.Id), [nobody.Id], Cancellation));
        Assert.Empty((await ports.Users.ListAsync(null, new PageRequest(50, null), Cancellation)).Items);
    }

    [Fact]
    public async Task A_user_is_not_created_past_a_deletion_that_its_creator_has_not_seen()
    {
        var ports = await PortsAsync();
        var user = Sample.User("u-1");
        var claim = await ports.TryClaimAsync(user.Username, user.Id);
        var seen = await ports.FindStoredAsync(user.Id);
        await ports.Users.TryRememberDeletionAsync(seen, Sample.Now, Cancellation);

        Assert.False(await ports.TryWriteAsync(seen, user, claim!));
        Assert.True(await ports.TryWriteAsync(await ports.FindStoredAsync(user.Id), user, claim!));
    }

    [Fact]
    public async Task Keeps_when_the_events_of_a_user_happened()
    {
        var ports = await PortsAsync();
        var user = Sample.User("u-1") with { Deleted = true, ChangedAt = Sample.Now.AddDays(-2), ActiveAt = Sample.Now.AddDays(-1) };
        await ports.AddAsync(user);

        Assert.Equal(user, await ports.Users.FindAsync(user.Id, Cancellation));
    }

    [Fact]
    public async Task Changes_the_revision_with_a_user_who_is_shown_otherwise_and_with_nothing_else()
    {
        var ports = await PortsAsync();
        var user = Sample.User("u-1");
        var shard = Shard.Of(user.Id);
        var claim = await ports.AddAsync(user);
        var former = await ports.Users.FindShownRevisionAsync(shard, Cancellation);

        await ports.TryWriteAsync(await ports.FindStoredAsync(user.Id), user with { Email = "ada@example.org" }, claim);
        Assert.Equal(former, await ports.Users.FindShownRevisionAsync(shard, Cancellation));

        foreach (var otherwise in new[] { user with { LastName = "King" }, user with { LastName = "King", Active = false }, user with { LastName = "King" } })
        {
            await ports.TryWriteAsync(await ports.FindStoredAsync(user.Id), otherwise, claim);
            var next = await ports.Users.FindShownRevisionAsync(shard, Cancellation);
            Assert.NotEqual(former, next);
            former = next;
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 1)]
    [InlineData(60, 1)]
    [InlineData(60, 7)]
    public async Task Finds_many_of_a_shard_dense_or_sparse(int count, int every)
    {
        var ports = await PortsAsync();
        var ids = Enumerable.Range(0, 10_000).Select(i => Sample.Id($"u-{i:d5}")).Where(id => Shard.Of(id).Number == 3).Take(count).ToList();
        foreach (var id in ids.Where((_, i) => i % every == 0))
        {
            await ports.AddAsync(Sample.User(id.Value));
        }

        var found = await ports.Users.FindManyAsync(Shard.Numbered(3), ids, Cancellation);

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
        var ports = await PortsAsync();
        await ports.AddAsync(Sample.User("u-1", "ada", "Ada", "Adams"));
        await ports.AddAsync(Sample.User("u-2", "x2", "ADA", "Lovelace"));
        await ports.AddAsync(Sample.User("u-3", "x3", "Bo", "Adler"));
        await ports.AddAsync(Sample.User("u-4", "x4", "Z\u00F6e", ""));
        await ports.AddAsync(Sample.User("u-5", "A B/C?#\u00E9", "X", "X"));

        foreach (var limit in new[] { 1, 2, 200 })
        {
            var found = await Walk.AllAsync(limit, page => ports.Users.ListAsync(search, page, Cancellation));
            Assert.Equal(expected, string.Join(',', found.Select(user => user.Id.Value).Order(StringComparer.Ordinal)));
        }
    }

    [Fact]
    public async Task A_user_is_found_by_its_new_names_alone()
    {
        var ports = await PortsAsync();
        await ports.AddAsync(Sample.User("u-1", "u-1", "Ada", "Byron"));
        await ports.AddAsync(Sample.User("u-1", "u-1", "Ada", "Lovelace") with { Version = 2 });

        Assert.Empty((await ports.Users.ListAsync("byr", new PageRequest(50, null), Cancellation)).Items);
        Assert.Equal(2, Assert.Single((await ports.Users.ListAsync("lov", new PageRequest(50, null), Cancellation)).Items).Version);
    }

    [Fact]
    public async Task Names_beyond_the_length_of_a_key_are_told_apart()
    {
        var ports = await PortsAsync();
        var name = new string('n', 240);
        await ports.AddAsync(Sample.User("u-1", name + "a"));
        await ports.AddAsync(Sample.User("u-2", name + "b"));

        Assert.Equal("u-2", Assert.Single((await ports.Users.ListAsync(name + "b", new PageRequest(50, null), Cancellation)).Items).Id.Value);
    }

    [Fact]
    public async Task A_walk_shows_every_untouched_user_once_while_others_come_and_go()
    {
        var ports = await PortsAsync();
        var untouched = Enumerable.Range(0, 40).Select(i => $"u-{i:d3}").ToList();
        foreach (var id in untouched)
        {
            await ports.AddAsync(Sample.User(id));
        }

        var more = 0;
        var seen = await Walk.AllAsync(
            7, page => ports.Users.ListAsync(null, page, Cancellation), () => ports.AddAsync(Sample.User($"u-{++more * 7:d3}x")));

        Assert.Equal(untouched, seen.Select(user => user.Id.Value).Where(id => !id.EndsWith('x')));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(60)]
    public async Task Writes_many_at_once_as_it_writes_one(int count)
    {
        var ports = await PortsAsync();
        var ids = IdsOfOneShard(count);
        LmsId[] branches = [Sample.Id("a"), Sample.Id("b")];
        var users = ids.Select((id, i) => Sample.User(id.Value, $"name-{id}", "Ada", "Byron") with { BranchId = branches[i % 2] }).ToList();
        await Task.WhenAll(branches.Select(branch => ports.OpenAsync(branch, Shard.Of(ids[0]))));
        var claims = await ports.Claims.ClaimManyAsync([.. users.Select(user => new UsernameWish(user.Username, user.Id))], Cancellation);

        Assert.Equal(ids.ToHashSet(), await ports.WriteManyAsync([.. users.Select(user => Write(StoredUser.Nothing(user.Id), user))]));
        var stored = await ports.Users.FindManyStoredAsync(Shard.Of(ids[0]), ids, Cancellation);
        Assert.Equal(users, ids.Select(id => stored[id].User));

        var moved = users.Select(user => user with { BranchId = branches[0], LastName = "King", Version = 2 }).ToList();
        Assert.Equal(ids.ToHashSet(), await ports.WriteManyAsync([.. moved.Select(user => Write(stored[user.Id], user))]));
        Assert.Equal(moved, (await ports.Users.FindManyAsync(Shard.Of(ids[0]), ids, Cancellation)).Values.OrderBy(user => user.Id, ShardOrder.Instance));
        Assert.Equal(ids, await ports.Members.ReadBranchesAsync([branches[0]], null, 7, Cancellation).ToListAsync(Cancellation));
        Assert.Empty(await ports.Members.ReadBranchesAsync([branches[1]], null, 7, Cancellation).ToListAsync(Cancellation));
        Assert.Equal(count, (await ports.Users.ListAsync("king", new PageRequest(100, null), Cancellation)).Items.Count);
        Assert.Empty((await ports.Users.ListAsync("byron", new PageRequest(100, null), Cancellation)).Items);

        UserWrite Write(StoredUser former, User next) => new(new UserChange(former, next, null), claims[next.Id], null);
    }

    /// <summary>A user in each, and two more in the first: few branches are merged, many are gathered.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(BranchMembers.FewBranches, 2)]
    [InlineData(BranchMembers.FewBranches + 1, 2)]
    [InlineData(40, 1_000)]
    public async Task Reads_the_users_of_branches_in_shard_order_from_any_of_them_on(int count, int pageSize)
    {
        var ports = await PortsAsync();
        var branches = Enumerable.Range(0, count + 1).Select(n => Sample.Id($"b-{n}")).ToList();
        foreach (var (index, branch) in branches.Append(branches[0]).Append(branches[0]).Index())
        {
            await ports.AddAsync(Sample.User($"u-{index}") with { BranchId = branch });
        }

        var wanted = branches[..^1];
        var expected = Enumerable.Range(0, count + 3).Where(n => n != count).Select(n => Sample.Id($"u-{n}")).Order(ShardOrder.Instance).ToList();

        Assert.Equal(expected, await ReadAsync(null));
        foreach (var after in expected)
        {
            Assert.Equal(expected.SkipWhile(id => id != after).Skip(1), await ReadAsync(after));
        }

        async Task<List<LmsId>> ReadAsync(LmsId? after) => await ports.Members.ReadBranchesAsync(wanted, after, pageSize, Cancellation).ToListAsync(Cancellation);
    }

    [Fact]
    public async Task Reads_all_users_in_shard_order_from_any_of_them_on()
    {
        var ports = await PortsAsync();
        foreach (var n in Enumerable.Range(0, 50))
        {
            await ports.AddAsync(Sample.User($"u-{n}") with { BranchId = n % 2 == 0 ? Sample.Id("b-1") : null });
        }

        Assert.True(await ports.Users.TryRememberDeletionAsync(StoredUser.Nothing(Sample.Id("u-nobody")), Sample.Now, Cancellation));

        var expected = Enumerable.Range(0, 50).Select(n => Sample.Id($"u-{n}")).Order(ShardOrder.Instance).ToList();
        Assert.Equal(expected, await ReadAsync(null));
        foreach (var after in expected.Append(Sample.Id("stranger")))
        {
            Assert.Equal(expected.Where(id => ShardOrder.Instance.Compare(id, after) > 0), await ReadAsync(after));
        }

        async Task<List<LmsId>> ReadAsync(LmsId? after) =>
            await ports.Users.ReadAsync(after, pageSize: 2, Cancellation).Select(user => user.Id).ToListAsync(Cancellation);
    }

    [Fact]
    public async Task Of_many_only_those_are_refused_that_changed_meanwhile_or_whose_branch_was_closed()
    {
        var ports = await PortsAsync();
        var ids = IdsOfOneShard(40);
        var shard = Shard.Of(ids[0]);
        foreach (var id in ids.Take(20))
        {
            await ports.AddAsync(Sample.User(id.Value, $"name-{id}"));
        }

        var stored = await ports.Users.FindManyStoredAsync(shard, ids, Cancellation);
        await ports.AddAsync(stored[ids[3]].User! with { Active = false });
        await ports.AddAsync(Sample.User(ids[22].Value, "first"));
        await ports.OpenAsync(Sample.Id("open"), shard);
        await ports.OpenAsync(Sample.Id("closed"), shard);
        await ports.Gates.CloseAsync(Sample.Id("closed"), Cancellation);

        var written = await ports.WriteManyAsync([.. ids.Select((id, i) => new UserWrite(
            new UserChange(stored[id], Sample.User(id.Value, $"name-{id}", "New") with { BranchId = i % 10 == 0 ? Sample.Id("closed") : Sample.Id("open") }, null),
            stored[id].Claim ?? new UsernameClaim($"name-{id}", "token"),
            null))]);

        Assert.Equal(ids.Where((_, i) => i is not (3 or 22) && i % 10 != 0).ToHashSet(), written);
    }

    [Fact]
    public async Task Stores_what_follows_with_the_user_or_not_at_all()
    {
        var ports = await PortsAsync();
        var user = Sample.User("u-1");
        var claim = await ports.AddAsync(user);
        var former = await ports.FindStoredAsync(user.Id);

        Assert.True(await ports.TryWriteAsync(former, user with { LastName = "King" }, claim, Of("stored")));
        Assert.False(await ports.TryWriteAsync(former, user with { LastName = "Byron" }, claim, Of("late")));

        Assert.Equal([Of("stored")], await ports.FollowUps.ReadAsync(Shard.Of(user.Id), [user.Id], Cancellation));

        UserFollowUp Of(string id) => new(user.Id, id, Sample.Now) { ShownOtherwise = true, GivenUp = claim };
    }

    [Fact]
    public async Task A_claimed_username_is_refused_to_others_whatever_the_case_until_the_lease_ends()
    {
        var ports = await PortsAsync();
        Assert.NotNull(await ports.TryClaimAsync("Ada", Sample.Id("u-1")));

        Time.Advance(UsernameClaim.Lease - TimeSpan.FromSeconds(1));
        Assert.Null(await ports.TryClaimAsync("aDA", Sample.Id("u-2")));
        Assert.NotNull(await ports.TryClaimAsync("ada", Sample.Id("u-1")));

        Time.Advance(UsernameClaim.Lease);
        Assert.NotNull(await ports.TryClaimAsync("ada", Sample.Id("u-2")));
    }

    [Fact]
    public async Task A_username_in_use_is_never_taken_over()
    {
        var ports = await PortsAsync();
        await ports.AddAsync(Sample.User("u-1", "Ada"));

        Time.Advance(UsernameClaim.Lease * 100);
        Assert.Null(await ports.TryClaimAsync("ada", Sample.Id("u-2")));
    }

    /// <summary>However long a writer sleeps between its claim and the user: what fences it off is no clock.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_writer_whose_username_was_taken_over_writes_nothing_any_more(bool isThere)
    {
        var ports = await PortsAsync();
        var user = Sample.User("u-1", "old");
        await (isThere ? ports.AddAsync(user) : Task.CompletedTask);
        var former = await ports.FindStoredAsync(user.Id);
        var claim = (await ports.TryClaimAsync("ada", user.Id))!;

        Time.Advance(UsernameClaim.Lease);
        await ports.AddAsync(Sample.User("u-2", "ada"));

        Assert.False(await ports.TryWriteAsync(former, user with { Username = "ada" }, claim));
        Assert.Equal(isThere ? "old" : null, (await ports.Users.FindAsync(user.Id, Cancellation))?.Username);
    }

    [Fact]
    public async Task A_release_frees_the_username_unless_it_was_claimed_again()
    {
        var ports = await PortsAsync();
        var first = await ports.TryClaimAsync("ada", Sample.Id("u-1"));
        var second = await ports.TryClaimAsync("ada", Sample.Id("u-1"));

        await ports.Claims.ReleaseManyAsync([first!], Cancellation);
        Assert.Null(await ports.TryClaimAsync("ada", Sample.Id("u-2")));
        await ports.Claims.ReleaseManyAsync([second!, second!], Cancellation);
        Assert.NotNull(await ports.TryClaimAsync("ada", Sample.Id("u-2")));
    }

    [Fact]
    public async Task Of_many_usernames_those_are_claimed_that_are_free()
    {
        var ports = await PortsAsync();
        await ports.AddAsync(Sample.User("u-0", "name-0"));
        await ports.TryClaimAsync("name-1", Sample.Id("u-1"));
        await ports.TryClaimAsync("name-2", Sample.Id("another"));
        Time.Advance(UsernameClaim.Lease);
        await ports.TryClaimAsync("name-3", Sample.Id("another"));

        var claimed = await ports.Claims.ClaimManyAsync(
            [.. Enumerable.Range(0, Many).Select(i => new UsernameWish($"name-{i}", Sample.Id($"v-{i}"))), new UsernameWish("NAME-7", Sample.Id("late"))], Cancellation);

        Assert.Equal(Enumerable.Range(0, Many).Except([0, 3]).Select(i => Sample.Id($"v-{i}")).ToHashSet(), claimed.Keys.ToHashSet());
        Assert.Equal("name-7", claimed[Sample.Id("v-7")].Username);

        await ports.Claims.ReleaseManyAsync([.. claimed.Values], Cancellation);
        Assert.Equal(["name-0", "name-3"], (await ports.Claims.FindOwnersAsync([.. Enumerable.Range(0, Many).Select(i => $"name-{i}")], Cancellation)).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Finds_who_claimed_usernames_whatever_their_case()
    {
        var ports = await PortsAsync();
        await ports.AddAsync(Sample.User("u-1", "Ada"));
        await ports.AddAsync(Sample.User("u-2", "Zo\u00EB"));
        var released = await ports.TryClaimAsync("gone", Sample.Id("u-3"));
        await ports.Claims.ReleaseManyAsync([released!], Cancellation);

        var owners = await ports.Claims.FindOwnersAsync(["aDA", "ZOE\u0308", "gone", "nobody"], Cancellation);

        Assert.Equal(2, owners.Count);
        Assert.Equal(Sample.Id("u-1"), owners["aDA"]);
        Assert.Equal(Sample.Id("u-2"), owners["ZOE\u0308"]);
        Assert.Empty(await ports.Claims.FindOwnersAsync([], Cancellation));
    }

    private static List<LmsId> IdsOfOneShard(int count) =>
        [.. Enumerable.Range(0, 5_000).Select(n => Sample.Id($"u-{n}")).Where(id => Shard.Of(id).Number == 3).Take(count).Order(ShardOrder.Instance)];
}

public sealed class FakeUserStoreTests : UserStoreContract
{
    protected override Task<UserPorts> PortsAsync() => Task.FromResult(UserPorts.OfTheFake(Time));
}

public sealed class TableUserStoreTests : UserStoreContract
{
    protected override Task<UserPorts> PortsAsync() => UserPorts.OfTheTableAsync(Time);
}
