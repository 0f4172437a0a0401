using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Core.Tests.Directory;

public sealed class UserServiceTests
{
    private readonly FakeTimeProvider time = new(Sample.Now);
    private readonly FakeUserStore users;
    private readonly FakeBranchStore branches = new();
    private readonly FakeMemberStore members;
    private readonly FakeAwardProjection awards = new();
    private readonly FakeUserArrivals arrivals = new();
    private readonly UserService service;

    public UserServiceTests()
    {
        users = new FakeUserStore(time);
        members = new FakeMemberStore(users);
        service = users.Service(branches, awards, arrivals);
        branches.Add(Sample.Branch("a"), Sample.Branch("b"), Sample.Branch("c"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Creates_then_changes_then_leaves_alone()
    {
        Assert.True((await PutAsync("u-1", "ada")).Created);
        Assert.Equal(2, (await PutAsync("u-1", "ada", lastName: "Byron")).Value.Version);
        var same = await PutAsync("u-1", "ada", lastName: "Byron");

        Assert.Equal((false, 2), (same.Created, same.Value.Version));
    }

    [Fact]
    public async Task A_writer_that_sleeps_until_its_username_is_taken_over_is_told_so()
    {
        users.BeforeWriting = async () =>
        {
            time.Advance(UsernameClaim.Lease);
            Assert.True((await PutAsync("u-2", "ada")).Created);
        };

        Assert.Equal("username_taken", await RefusedAsync("u-1", "ada"));

        Assert.Null(await users.FindAsync(Sample.Id("u-1"), Cancellation));
    }

    [Fact]
    public async Task Omitted_active_keeps_its_value()
    {
        await PutAsync("u-1", "ada");
        await service.DeactivateAsync(Sample.Id("u-1"), Precondition.None, By.Hand, Cancellation);

        Assert.False((await PutAsync("u-1", "ada", lastName: "Byron")).Value.Active);
        Assert.True((await PutAsync("u-1", "ada", active: true)).Value.Active);
    }

    [Fact]
    public async Task A_username_is_taken_whatever_its_case_until_its_user_gives_it_up()
    {
        await PutAsync("u-1", "ada");
        Assert.Equal("username_taken", await RefusedAsync("u-2", "ADA"));

        await PutAsync("u-1", "countess");
        Assert.True((await PutAsync("u-2", "ADA")).Created);
    }

    [Fact]
    public async Task Of_two_users_who_want_one_username_at_once_one_gets_it()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => TryPutAsync($"u-{i % 2}", "ada"))));

        Assert.Single(all.OfType<Outcome<Change<User>>.Done>().Select(done => done.Value.Value.Id).Distinct());
        Assert.All(all.OfType<Outcome<Change<User>>.Rejected>(), rejected => Assert.Equal("username_taken", rejected.Why.Code));
    }

    [Fact]
    public async Task A_move_takes_the_user_from_one_branch_to_the_other()
    {
        await PutAsync("u-1", "ada", branch: "a");
        await PutAsync("u-1", "ada", branch: "b");
        Assert.Equal(["b"], await BranchesOfAsync("u-1"));

        await PutAsync("u-1", "ada");
        Assert.Empty(await BranchesOfAsync("u-1"));
    }

    [Fact]
    public async Task Racing_moves_leave_the_user_in_the_branch_that_its_row_names()
    {
        await PutAsync("u-1", "ada");
        string?[] targets = ["a", "b", "c", null];
        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => TryPutAsync("u-1", "ada", branch: targets[i % 4]))));

        var branch = (await users.FindAsync(Sample.Id("u-1"), Cancellation))!.BranchId?.Value;
        Assert.Equal(branch is null ? [] : [branch], await BranchesOfAsync("u-1"));
        Assert.Empty(users.FollowUps.All);
    }

    [Fact]
    public async Task An_unknown_branch_is_refused_and_leaves_nothing_behind()
    {
        Assert.Equal("branch_not_found", await RefusedAsync("u-1", "ada", branch: "none"));
        Assert.True((await PutAsync("u-2", "ada")).Created);
    }

    [Fact]
    public async Task A_new_name_reaches_the_awards_and_an_equal_one_does_not()
    {
        await PutAsync("u-1", "ada");
        await PutAsync("u-1", "ada", branch: "a");
        Assert.Empty(awards.Shown);

        await PutAsync("u-1", "Ada", branch: "a");
        Assert.Equal([Sample.Id("u-1")], awards.Shown);
    }

    /// <summary>By hand, by the LMS, and by what a caller or a file puts.</summary>
    [Theory]
    [InlineData("hand")]
    [InlineData("lms")]
    [InlineData("lms whose clock is ahead")]
    [InlineData("put")]
    public async Task A_deactivation_reaches_the_awards_also_when_a_crash_cut_it_short(string by)
    {
        await PutAsync("u-1", "ada");

        await CrashAsync(DeactivateAsync);
        await DeactivateAsync();
        Assert.Equal([Sample.Id("u-1")], awards.Shown);
        Assert.Empty(users.FollowUps.All);

        await PutAsync("u-1", "ada", active: true);
        Assert.Equal(2, awards.Shown.Count);

        Task DeactivateAsync() => by switch
        {
            "hand" => service.DeactivateAsync(Sample.Id("u-1"), Precondition.None, By.Hand, Cancellation),
            "lms" => service.DeleteAsync(Sample.Id("u-1"), Sample.Now, By.Hand, Cancellation),
            "lms whose clock is ahead" => service.DeleteAsync(Sample.Id("u-1"), Sample.Now.AddMinutes(1), By.Hand, Cancellation),
            _ => TryPutAsync("u-1", "ada", active: false),
        };
    }

    [Fact]
    public async Task A_rename_that_a_crash_cut_short_is_finished_after_a_minute()
    {
        await PutAsync("u-1", "ada", branch: "a");
        await CrashAsync(() => TryPutAsync("u-1", "countess", branch: "b"));
        Assert.Equal(0, await service.RepairAsync(Cancellation));

        time.Advance(UserFollowUpService.Abandoned + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await service.RepairAsync(Cancellation));
        Assert.Equal([Sample.Id("u-1")], awards.Shown);
        Assert.True((await PutAsync("u-2", "ada")).Created);
        Assert.Equal(0, await service.RepairAsync(Cancellation));
    }

    [Fact]
    public async Task A_rename_that_a_crash_cut_short_is_made_good_by_the_next_put_of_the_same()
    {
        await PutAsync("u-1", "ada");
        await CrashAsync(() => TryPutAsync("u-1", "countess"));
        await PutAsync("u-1", "countess");

        Assert.Equal([Sample.Id("u-1")], awards.Shown);
    }

    [Fact]
    public async Task Many_at_once_come_out_as_one_by_one()
    {
        string[] ids = ["u-1", "u-2", "u-3", "u-4", "u-5"];
        await PutAsync(ids[0], "ada", branch: "a");
        await PutAsync(ids[1], "bob");

        var put = await PutManyAsync(
            (ids[0], "countess", "b"), (ids[1], "bob", null), (ids[2], "COUNTESS", null), (ids[3], "dora", "none"), (ids[4], "eve", "c"));

        Assert.Equal(
            ["changed", "unchanged", "username_taken", "branch_not_found", "created"], ids.Select(id => Describe(put[Sample.Id(id)])));
        Assert.Equal(["b", "c"], [.. await BranchesOfAsync(ids[0]), .. await BranchesOfAsync(ids[4])]);
        Assert.Equal([Sample.Id(ids[0])], awards.Shown);
        Assert.Equal([ids[0], ids[1], ids[0], ids[4]], arrivals.Announced.Select(id => id.Value));
        Assert.Empty(users.FollowUps.All);
    }

    /// <summary>A circle of two, a row of three whose end is free, and one who joins the row as a new user.</summary>
    [Fact]
    public async Task Usernames_go_around_among_those_who_are_put_together()
    {
        foreach (var (id, username) in new[] { ("u-1", "ada"), ("u-2", "bob"), ("u-3", "cleo"), ("u-4", "dora"), ("u-5", "eve") })
        {
            await PutAsync(id, username);
        }

        var put = await PutManyAsync(
            ("u-1", "BOB", null), ("u-2", "ada", null), ("u-3", "dora", null), ("u-4", "eve", null), ("u-5", "free", null), ("u-6", "cleo", null));

        Assert.Equal(["changed", "changed", "changed", "changed", "changed", "created"], Enumerable.Range(1, 6).Select(n => Describe(put[Sample.Id($"u-{n}")])));
        Assert.Equal(["BOB", "ada", "dora", "eve", "free", "cleo"], await UsernamesAsync(6));
        Assert.Empty(users.FollowUps.All);
    }

    /// <summary>Who holds the username keeps it: by another user's put, by none, or because what it wants is refused.</summary>
    [Fact]
    public async Task A_username_that_its_user_keeps_goes_to_nobody()
    {
        foreach (var (id, username) in new[] { ("u-1", "ada"), ("u-2", "bob"), ("u-3", "cleo"), ("u-4", "dora") })
        {
            await PutAsync(id, username);
        }

        var put = await PutManyAsync(("u-1", "bob", null), ("u-2", "cleo", null), ("u-4", "dora", null), ("u-5", "DORA", null), ("u-6", "new", null), ("u-7", "NEW", null));

        Assert.Equal(
            ["username_taken", "username_taken", "unchanged", "username_taken", "created", "username_taken"],
            put.OrderBy(one => one.Key.Value, StringComparer.Ordinal).Select(one => Describe(one.Value)));
        Assert.Equal(["ada", "bob", "cleo", "dora"], await UsernamesAsync(4));
    }

    /// <summary>Its own went to the one it exchanged with, and the other to somebody who came in between.</summary>
    [Fact]
    public async Task Who_lost_both_usernames_of_an_exchange_is_told_so_and_called_by_its_id()
    {
        await PutAsync("u-1", "ada");
        await PutAsync("u-2", "bob", "Byron", branch: "a");
        awards.Before = async () =>
        {
            awards.Before = () => Task.CompletedTask;
            Assert.True((await PutAsync("u-9", "ada")).Created);
        };

        var put = await PutManyAsync(("u-1", "bob", null), ("u-2", "ada", null));

        Assert.Equal(("changed", "username_taken"), (Describe(put[Sample.Id("u-1")]), Describe(put[Sample.Id("u-2")])));
        var refused = await users.FindAsync(Sample.Id("u-2"), Cancellation);
        Assert.Equal(("~u-2", "Byron", "a"), (refused?.Username, refused?.LastName, refused?.BranchId?.Value));
    }

    [Theory]
    [InlineData(UserFollowUpService.AtOnce)]
    [InlineData(UserFollowUpService.AtOnce + 1)]
    public async Task Many_renames_reach_the_awards_of_all(int count)
    {
        var ids = Enumerable.Range(0, 5_000).Select(n => $"u-{n}").Where(id => Shard.Of(Sample.Id(id)).Number == 3).Take(count).ToList();
        users.Add([.. ids.Select(id => Sample.User(id))]);

        await PutManyAsync([.. ids.Select(id => (id, $"new-{id}", (string?)null))]);

        Assert.Equal(ids.ToHashSet(), awards.Shown.Select(id => id.Value).ToHashSet());
        Assert.Equal(count, awards.Shown.Count);
        Assert.Empty(users.FollowUps.All);
    }

    [Fact]
    public async Task Those_who_wait_for_a_username_are_told_when_it_is_given_up()
    {
        await PutAsync("u-1", "ada");
        var refused = Assert.IsType<Outcome<Change<User>>.Rejected>(await TryPutAsync("u-2", "ada"));
        Assert.Equal(Sample.Id("u-1"), refused.Why.AwaitedUser);

        await PutAsync("u-1", "countess");

        Assert.Equal([Sample.Id("u-1"), Sample.Id("u-1")], arrivals.Announced);
    }

    [Fact]
    public async Task One_whom_another_writer_overtakes_is_decided_anew_and_the_others_are_written()
    {
        string[] ids = ["u-1", "u-2"];
        await PutAsync(ids[0], "ada");
        users.BeforeWriting = () => service.DeactivateAsync(Sample.Id(ids[0]), Precondition.None, By.Hand, Cancellation);

        await PutManyAsync((ids[0], "countess", null), (ids[1], "bob", null));

        var ada = await users.FindAsync(Sample.Id(ids[0]), Cancellation);
        Assert.Equal(("countess", false), (ada?.Username, ada?.Active));
        Assert.NotNull(await users.FindAsync(Sample.Id(ids[1]), Cancellation));
    }

    /// <summary>Whoever joins calls a deletion off that is under way; one that is over is over.</summary>
    [Theory]
    [InlineData(true, "branch_not_found")]
    [InlineData(false, "created")]
    public async Task A_branch_that_is_deleted_while_somebody_joins_it_takes_nobody_in(bool isOver, string outcome)
    {
        var deletion = new BranchService(branches, new BranchGates(users.Gates, branches), members, time);
        var tree = await branches.ReadTreeAsync(Cancellation);
        users.BeforeWriting = async () =>
        {
            await (isOver
                ? (Task)deletion.DeleteAsync(Sample.Id("a"), Precondition.None, By.Hand, Cancellation)
                : Task.WhenAll(
                    branches.TryPutAsync(tree.Find(Sample.Id("a"))! with { IsBeingDeleted = true }, tree, null, Cancellation),
                    users.Gates.CloseAsync(Sample.Id("a"), Cancellation)));
        };

        Assert.Equal(outcome, Describe(await TryPutAsync("u-1", "ada", branch: "a")));

        Assert.Equal(isOver ? null : false, (await branches.FindAsync(Sample.Id("a"), Cancellation))?.IsBeingDeleted);
        Assert.Equal(isOver ? [] : ["a"], await BranchesOfAsync("u-1"));
    }

    [Fact]
    public async Task A_precondition_that_does_not_hold_refuses_put_and_deactivation()
    {
        await PutAsync("u-1", "ada");
        var stale = new Precondition(["7"], true);

        Assert.Equal("version_conflict", await RefusedAsync("u-1", "bob", precondition: stale));
        Assert.Equal("version_conflict", await RefusedAsync("u-1", "bob", precondition: new Precondition(null, false)));
        var outcome = await service.DeactivateAsync(Sample.Id("u-1"), stale, By.Hand, Cancellation);
        Assert.Equal("version_conflict", Assert.IsType<Outcome<Change<User>>.Rejected>(outcome).Why.Code);
    }

    [Fact]
    public async Task An_event_older_than_the_newest_one_changes_nothing()
    {
        await EventAsync(2, lastName: "Byron");
        Assert.False((await EventAsync(1, lastName: "Lovelace")).Changed);
        Assert.Equal("Byron", (await FindAsync()).LastName);
        Assert.True((await EventAsync(2, lastName: "King")).Changed);
    }

    [Fact]
    public async Task An_event_that_says_what_is_known_still_makes_older_ones_lose()
    {
        await EventAsync(1, lastName: "Byron");
        var same = await EventAsync(3, lastName: "Byron");
        Assert.Equal((false, 1), (same.Changed, same.Value.Version));

        await EventAsync(2, lastName: "King");
        Assert.Equal("Byron", (await FindAsync()).LastName);
    }

    [Fact]
    public async Task By_hand_everything_counts_and_events_before_that_no_longer_do()
    {
        await EventAsync(48, lastName: "Byron");
        Assert.True((await PutAsync("u-1", "ada", "King")).Changed);

        time.Advance(TimeSpan.FromHours(2));
        await PutAsync("u-1", "ada", "King");
        Assert.False((await EventAsync(1, lastName: "Byron")).Changed);
        Assert.True((await EventAsync(3, lastName: "Byron")).Changed);
    }

    [Fact]
    public async Task A_deletion_that_comes_before_the_creation_it_followed_leaves_the_user_deactivated()
    {
        Assert.Null(await service.DeleteAsync(Sample.Id("u-1"), At(2), By.Hand, Cancellation));
        await EventAsync(1);
        Assert.False((await FindAsync()).Active);

        await EventAsync(3);
        Assert.True((await FindAsync()).Active);
    }

    [Fact]
    public async Task A_user_deactivated_by_hand_stays_so_whatever_the_events_say_of_it()
    {
        await EventAsync(-3);
        await service.DeactivateAsync(Sample.Id("u-1"), Precondition.None, By.Hand, Cancellation);
        await service.DeleteAsync(Sample.Id("u-1"), At(1), By.Hand, Cancellation);
        await EventAsync(2, lastName: "Byron");

        Assert.Equal(("Byron", false), ((await FindAsync()).LastName, (await FindAsync()).Active));
    }

    [Fact]
    public async Task Those_who_wait_are_told_of_a_new_user_and_of_no_other_change()
    {
        await PutAsync("u-1", "ada");
        await PutAsync("u-1", "ada", "Byron");

        Assert.Equal([Sample.Id("u-1")], arrivals.Announced);
    }

    [Fact]
    public void Any_order_of_events_leaves_the_same_user() =>
        Gen.Select(Gen.Shuffle(Enumerable.Range(0, 6).ToArray()), Gen.Int[0, 2].Array[6]).Sample((order, kinds) =>
        {
            var inOrder = StateAfterAsync(Enumerable.Range(0, 6), kinds).GetAwaiter().GetResult();
            var shuffled = StateAfterAsync(order, kinds).GetAwaiter().GetResult();
            return inOrder == shuffled;
        });

    /// <summary>Event number i happened at hour i, and is a deletion where its kind is 0.</summary>
    private static async Task<(string? LastName, LmsId? Branch, bool? Active)> StateAfterAsync(IEnumerable<int> order, int[] kinds)
    {
        var scene = new UserServiceTests();
        foreach (var number in order)
        {
            await (kinds[number] == 0
                ? (Task)scene.service.DeleteAsync(Sample.Id("u-1"), At(number), By.Hand, Cancellation)
                : scene.EventAsync(number, $"name-{number}", kinds[number] == 1 ? "a" : "b"));
        }

        var user = await scene.users.FindAsync(Sample.Id("u-1"), Cancellation);
        return (user?.LastName, user?.BranchId, user?.Active);
    }

    private async Task<IEnumerable<string>> UsernamesAsync(int count)
    {
        var found = await Task.WhenAll(Enumerable.Range(1, count).Select(n => users.FindAsync(Sample.Id($"u-{n}"), Cancellation)));
        return found.Select(user => user!.Username);
    }

    private static string Describe(Outcome<Change<User>> outcome) => !outcome.IsDone(out var change, out var why) ? why.Code
        : change.Created ? "created"
        : change.Changed ? "changed"
        : "unchanged";

    private Task<IReadOnlyDictionary<LmsId, Outcome<Change<User>>>> PutManyAsync(params (string Id, string Username, string? Branch)[] puts) => service.PutManyAsync(
        [.. puts.Select(put => UserPut.Edit(
            Sample.Id(put.Id), _ => new UserEdit(put.Username, "Ada", "Lovelace", null, put.Branch is null ? null : Sample.Id(put.Branch), null), Precondition.None))],
        at: null,
        By.Hand,
        Cancellation);

    private static DateTimeOffset At(int hours) => Sample.Now.AddHours(hours);

    private async Task<User> FindAsync() => (await users.FindAsync(Sample.Id("u-1"), Cancellation))!;

    private async Task<Change<User>> EventAsync(int hours, string lastName = "Lovelace", string? branch = null)
    {
        var edit = new UserEdit("ada", "Ada", lastName, null, branch is null ? null : Sample.Id(branch), null) { EndsDeletion = true };
        var outcome = await service.PutAsync(Sample.Id("u-1"), edit, Precondition.None, At(hours), By.Hand, Cancellation);
        return Assert.IsType<Outcome<Change<User>>.Done>(outcome).Value;
    }

    private async Task CrashAsync(Func<Task> put)
    {
        awards.Before = () => throw new IOException("crash");
        await Assert.ThrowsAsync<IOException>(put);
        awards.Before = () => Task.CompletedTask;
    }

    private async Task<List<string>> BranchesOfAsync(string userId)
    {
        List<string> found = [];
        foreach (var id in new[] { "a", "b", "c" })
        {
            if (await members.ContainsAsync(MemberSource.Branch(Sample.Id(id)), Sample.Id(userId), Cancellation))
            {
                found.Add(id);
            }
        }

        return found;
    }

    private async Task<Change<User>> PutAsync(string id, string username, string lastName = "Lovelace", string? branch = null, bool? active = null) =>
        Assert.IsType<Outcome<Change<User>>.Done>(await TryPutAsync(id, username, lastName, branch, active)).Value;

    private async Task<string> RefusedAsync(string id, string username, string? branch = null, Precondition? precondition = null) =>
        Assert.IsType<Outcome<Change<User>>.Rejected>(await TryPutAsync(id, username, branch: branch, precondition: precondition)).Why.Code;

    private Task<Outcome<Change<User>>> TryPutAsync(
        string id, string username, string lastName = "Lovelace", string? branch = null, bool? active = null, Precondition? precondition = null)
    {
        var edit = new UserEdit(username, "Ada", lastName, null, branch is null ? null : Sample.Id(branch), active);
        return service.PutAsync(Sample.Id(id), edit, precondition ?? Precondition.None, null, By.Hand, Cancellation);
    }
}
