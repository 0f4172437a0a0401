using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Directory;

/// <summary>What every store of members promises.</summary>
public abstract class MemberStoreContract
{
    private static readonly LmsId Group = Sample.Id("x");

    private protected static readonly EventTime Now = EventTime.Of(Sample.Now, Sample.Now);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>With a group x.</summary>
    protected abstract Task<IMemberStore> StoreAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Reads_the_members_in_shard_order_page_by_page(int pageSize)
    {
        var store = await StoreAsync();
        var ids = await FillAsync(store, 25);

        Assert.Equal(ids, await store.ReadGroupAsync(Group, null, pageSize, Cancellation).ToListAsync(Cancellation));
        foreach (var after in ids)
        {
            Assert.Equal(ids.SkipWhile(id => id != after).Skip(1), await store.ReadGroupAsync(Group, after, pageSize, Cancellation).ToListAsync(Cancellation));
        }

        Assert.Equal(ids, await Walk.AllAsync(pageSize, page => store.ListAsync(MemberSource.Group(Group), page, Cancellation)));
    }

    [Fact]
    public async Task A_group_and_a_branch_of_one_id_have_members_of_their_own()
    {
        var store = await StoreAsync();
        await store.AddAsync(Group, Sample.Id("u-1"), Now, null, Cancellation);

        Assert.True(await ContainsAsync(store, Sample.Id("u-1")));
        Assert.False(await store.ContainsAsync(MemberSource.Branch(Group), Sample.Id("u-1"), Cancellation));
    }

    [Fact]
    public async Task Adds_and_removes_any_number_of_times()
    {
        var store = await StoreAsync();
        var user = Sample.Id("u-1");
        await store.RemoveAsync(Group, user, Now, null, Cancellation);
        await store.AddAsync(Group, user, Now, null, Cancellation);
        await store.AddAsync(Group, user, Now, null, Cancellation);
        Assert.Equal([user], await store.ReadGroupAsync(Group, null, 10, Cancellation).ToListAsync(Cancellation));

        await store.RemoveAsync(Group, user, Now, null, Cancellation);
        await store.RemoveAsync(Group, user, Now, null, Cancellation);
        Assert.Empty(await store.ReadGroupAsync(Group, null, 10, Cancellation).ToListAsync(Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(400)]
    public async Task Adds_many_at_once_as_it_adds_one(int count)
    {
        var store = await StoreAsync();
        var ids = Enumerable.Range(0, count).Select(n => Sample.Id($"u-{n}")).ToList();
        await store.AddAsync(Group, ids[0], At(1), null, Cancellation);

        var joined = await store.AddManyAsync(Group, ids, At(2).At, Cancellation);
        var again = await store.AddManyAsync(Group, ids, At(2).At, Cancellation);
        var later = await store.AddManyAsync(Group, ids, At(3).At, Cancellation);

        Assert.Equal(ids.Skip(1).ToHashSet(), joined);
        Assert.Equal(joined, again);
        Assert.Empty(later!);
        Assert.Equal(count, await store.CountAsync(Group, Cancellation));
        Assert.Equal(ids.Order(ShardOrder.Instance), await store.ReadGroupAsync(Group, null, 1_000, Cancellation).ToListAsync(Cancellation));
        Assert.Equal([ids[0]], await store.FindManyAsync(Group, [ids[0], Sample.Id("nobody")], Cancellation));
        Assert.False(await store.RemoveAsync(Group, ids[^1], At(2), null, Cancellation));
    }

    [Fact]
    public async Task Of_many_those_stay_away_who_left_later_and_those_come_back_who_left_before()
    {
        var store = await StoreAsync();
        var (before, after) = (Sample.Id("left-before"), Sample.Id("left-after"));
        await store.AddAsync(Group, before, At(1), null, Cancellation);
        await store.RemoveAsync(Group, before, At(2), null, Cancellation);
        await store.RemoveAsync(Group, after, At(4), null, Cancellation);

        Assert.Equal([before], await store.AddManyAsync(Group, [before, after], At(3).At, Cancellation));

        Assert.Equal([before], await store.ReadGroupAsync(Group, null, 10, Cancellation).ToListAsync(Cancellation));
        Assert.Equal(1, await store.CountAsync(Group, Cancellation));
    }

    [Fact]
    public async Task Of_two_events_the_later_one_counts_in_either_order()
    {
        var store = await StoreAsync();
        Assert.True(await store.AddAsync(Group, Sample.Id("added-last"), At(2), null, Cancellation));
        Assert.False(await store.RemoveAsync(Group, Sample.Id("added-last"), At(1), null, Cancellation));
        Assert.True(await ContainsAsync(store, Sample.Id("added-last")));

        Assert.False(await store.RemoveAsync(Group, Sample.Id("removed-last"), At(2), null, Cancellation));
        Assert.False(await store.AddAsync(Group, Sample.Id("removed-last"), At(1), null, Cancellation));
        Assert.False(await ContainsAsync(store, Sample.Id("removed-last")));
    }

    [Fact]
    public async Task Counts_the_members_of_a_group_whatever_comes_in_whatever_order()
    {
        var store = await StoreAsync();
        Assert.Equal(0, await store.CountAsync(Group, Cancellation));
        await FillAsync(store, 40);
        Assert.Equal(40, await store.CountAsync(Group, Cancellation));

        await store.AddAsync(Group, Sample.Id("u-1"), At(1), null, Cancellation);
        await store.RemoveAsync(Group, Sample.Id("u-2"), At(1), null, Cancellation);
        await store.RemoveAsync(Group, Sample.Id("u-2"), At(2), null, Cancellation);
        await store.AddAsync(Group, Sample.Id("u-2"), At(1), null, Cancellation);
        await store.RemoveAsync(Group, Sample.Id("stranger"), At(1), null, Cancellation);
        Assert.Equal(39, await store.CountAsync(Group, Cancellation));

        await store.AddAsync(Group, Sample.Id("u-2"), At(3), null, Cancellation);
        Assert.Equal(40, await store.CountAsync(Group, Cancellation));
        Assert.Equal(0, await store.CountAsync(Sample.Id("none"), Cancellation));
    }

    [Fact]
    public async Task Counts_exactly_though_all_join_and_leave_at_once()
    {
        var store = await StoreAsync();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => (i % 3) switch
        {
            0 => store.AddAsync(Group, Sample.Id($"u-{i / 6}"), At(i), null, Cancellation),
            1 => store.RemoveAsync(Group, Sample.Id($"u-{i / 6}"), At(i), null, Cancellation),
            _ => store.AddAsync(Group, Sample.Id($"v-{i}"), Now, null, Cancellation),
        })));

        var members = await store.ReadGroupAsync(Group, null, 100, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(members.Count, await store.CountAsync(Group, Cancellation));
        Assert.InRange(members.Count, 20, 30);
    }

    [Fact]
    public async Task An_event_that_changes_nothing_still_makes_older_ones_lose()
    {
        var store = await StoreAsync();
        await store.AddAsync(Group, Sample.Id("u-1"), At(1), null, Cancellation);
        Assert.False(await store.AddAsync(Group, Sample.Id("u-1"), At(3), null, Cancellation));

        Assert.False(await store.RemoveAsync(Group, Sample.Id("u-1"), At(2), null, Cancellation));
        Assert.True(await ContainsAsync(store, Sample.Id("u-1")));
    }

    [Fact]
    public async Task What_is_done_by_hand_counts_whatever_the_time_of_the_last_event()
    {
        var store = await StoreAsync();
        await store.AddAsync(Group, Sample.Id("u-1"), At(5), null, Cancellation);

        Assert.True(await store.RemoveAsync(Group, Sample.Id("u-1"), EventTime.ByHand(At(1).At), null, Cancellation));
        Assert.False(await ContainsAsync(store, Sample.Id("u-1")));
    }

    [Fact]
    public async Task Of_many_events_at_once_the_latest_counts()
    {
        var store = await StoreAsync();
        for (var round = 0; round < 8; round++)
        {
            var user = Sample.Id($"u-{round}");
            await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => (i + round) % 2 == 0
                ? store.AddAsync(Group, user, At(i), null, Cancellation)
                : store.RemoveAsync(Group, user, At(i), null, Cancellation))));

            Assert.Equal((5 + round) % 2 == 0, await ContainsAsync(store, user));
        }
    }

    [Fact]
    public async Task A_walk_shows_every_untouched_member_once_while_others_come_and_go()
    {
        var store = await StoreAsync();
        var ids = await FillAsync(store, 30);
        var more = 0;
        var seen = await Walk.AllAsync(
            4,
            page => store.ListAsync(MemberSource.Group(Group), page, Cancellation),
            () => store.AddAsync(Group, Sample.Id($"more-{++more}"), Now, null, Cancellation));

        Assert.Equal(ids, seen.Where(id => id.Value.StartsWith("u-", StringComparison.Ordinal)));
    }

    private static Task<bool> ContainsAsync(IMemberStore store, LmsId userId) => store.ContainsAsync(MemberSource.Group(Group), userId, Cancellation);

    private static EventTime At(int hours) => EventTime.Of(Sample.Now.AddHours(hours), Sample.Now);

    private static async Task<List<LmsId>> FillAsync(IMemberStore store, int count)
    {
        var ids = Enumerable.Range(0, count).Select(i => Sample.Id($"u-{i}")).Order(ShardOrder.Instance).ToList();
        foreach (var id in ids)
        {
            await store.AddAsync(Group, id, Now, null, Cancellation);
        }

        return ids;
    }
}

public sealed class FakeMemberStoreTests : MemberStoreContract
{
    protected override Task<IMemberStore> StoreAsync() => Task.FromResult<IMemberStore>(new FakeMemberStore());
}

public sealed class TableMemberStoreTests : MemberStoreContract
{
    [Fact]
    public async Task A_group_made_again_has_no_members()
    {
        var table = await OwnTable.CreateAsync();
        var (groups, store) = (new TableGroupStore(table, TestAudit.OutboxOn(table)), new TableMemberStore(table, table, table, TestAudit.IntentsOn(table)));
        var group = Sample.Id("x");
        await groups.TryWriteAsync(Sample.Group("x"), null, null, Cancellation);
        await store.AddAsync(group, Sample.Id("u-1"), Now, null, Cancellation);

        await groups.TryWriteAsync(Sample.Group("x", "renamed", 2), await groups.FindStoredAsync(Sample.Id("x"), Cancellation), null, Cancellation);
        Assert.Single(await store.ReadGroupAsync(group, null, 10, Cancellation).ToListAsync(Cancellation));

        await groups.TryDeleteAsync((await groups.FindStoredAsync(Sample.Id("x"), Cancellation))!, Sample.Now, null, Cancellation);
        Assert.Empty(await store.ReadGroupAsync(group, null, 10, Cancellation).ToListAsync(Cancellation));
        await groups.TryWriteAsync(Sample.Group("x", version: 3), await groups.FindStoredAsync(Sample.Id("x"), Cancellation), null, Cancellation);
        Assert.Empty(await store.ReadGroupAsync(group, null, 10, Cancellation).ToListAsync(Cancellation));
        Assert.Equal(0, await store.CountAsync(group, Cancellation));
    }

    protected override async Task<IMemberStore> StoreAsync()
    {
        var table = await OwnTable.CreateAsync();
        await new TableGroupStore(table, TestAudit.OutboxOn(table)).TryWriteAsync(Sample.Group("x"), null, null, Cancellation);
        return new TableMemberStore(table, table, table, TestAudit.IntentsOn(table));
    }
}
