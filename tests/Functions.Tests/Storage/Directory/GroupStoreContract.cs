using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Directory;

/// <summary>What every store of groups promises.</summary>
public abstract class GroupStoreContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IGroupStore> StoreAsync();

    [Fact]
    public async Task Finds_a_group_as_it_was_written()
    {
        var store = await StoreAsync();
        await WriteAsync(store, Sample.Group("g-1", "Feuerwehr / Übung #1", 7));
        await WriteAsync(store, Sample.Group("g-2") with { IsNamed = false });

        Assert.False((await store.FindAsync(Sample.Id("g-2"), Cancellation))!.IsNamed);
        Assert.Equal(Sample.Group("g-1", "Feuerwehr / Übung #1", 7), await store.FindAsync(Sample.Id("g-1"), Cancellation));
        Assert.Null(await store.FindAsync(Sample.Id("G-1"), Cancellation));
        Assert.Null(await store.FindStoredAsync(Sample.Id("none"), Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(TableGroupStore.PointReadsUpTo - 1)]
    [InlineData(TableGroupStore.PointReadsUpTo)]
    [InlineData(40)]
    public async Task Finds_those_of_many_that_exist(int count)
    {
        var store = await StoreAsync();
        var ids = Enumerable.Range(0, count).Select(index => $"g-{index * 2}").ToList();
        foreach (var id in ids.Append("g-1").Append("g-3"))
        {
            await WriteAsync(store, Sample.Group(id));
        }

        await store.TryDeleteAsync((await store.FindStoredAsync(Sample.Id(ids[0]), Cancellation))!, Sample.Now, null, Cancellation);

        var found = await store.FindExistingAsync([.. ids.Append("none").Select(Sample.Id)], Cancellation);

        Assert.Equal(ids.Skip(1).Order(StringComparer.Ordinal), found.Select(id => id.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Refuses_to_create_twice_and_to_change_a_stale_state()
    {
        var store = await StoreAsync();
        await WriteAsync(store, Sample.Group("g-1"));
        var read = await store.FindStoredAsync(Sample.Id("g-1"), Cancellation);

        Assert.False(await store.TryWriteAsync(Sample.Group("g-1"), null, null, Cancellation));
        Assert.True(await store.TryWriteAsync(Sample.Group("g-1", version: 2), read, null, Cancellation));
        Assert.False(await store.TryWriteAsync(Sample.Group("g-1", version: 3), read, null, Cancellation));
        Assert.False(await store.TryDeleteAsync(read!, Sample.Now, null, Cancellation));
    }

    [Fact]
    public async Task A_deleted_group_is_gone_for_readers_but_keeps_its_version_for_writers()
    {
        var store = await StoreAsync();
        await WriteAsync(store, Sample.Group("g-1", version: 5));
        Assert.True(await store.TryDeleteAsync((await store.FindStoredAsync(Sample.Id("g-1"), Cancellation))!, Sample.Now, null, Cancellation));

        Assert.Null(await store.FindAsync(Sample.Id("g-1"), Cancellation));
        Assert.Empty((await store.ListAsync(new PageRequest(50, null), Cancellation)).Items);
        var stored = await store.FindStoredAsync(Sample.Id("g-1"), Cancellation);
        Assert.Equal((true, 5), (stored!.Deleted, stored.Group.Version));
        Assert.True(await store.TryWriteAsync(Sample.Group("g-1", version: 6), stored, null, Cancellation));
        Assert.NotNull(await store.FindAsync(Sample.Id("g-1"), Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(200)]
    public async Task Lists_in_the_order_of_ids_without_the_deleted(int limit)
    {
        var store = await StoreAsync();
        string[] ids = ["A", "a", "a-1", "a.1", "a_1", "b", "b@c"];
        foreach (var id in ids.Append("a-2").Reverse())
        {
            await WriteAsync(store, Sample.Group(id));
        }

        await store.TryDeleteAsync((await store.FindStoredAsync(Sample.Id("a-2"), Cancellation))!, Sample.Now, null, Cancellation);

        var seen = await Walk.AllAsync(limit, page => store.ListAsync(page, Cancellation));
        Assert.Equal(ids.Order(StringComparer.Ordinal), seen.Select(group => group.Id.Value));
    }

    private static async Task WriteAsync(IGroupStore store, Group group) =>
        Assert.True(await store.TryWriteAsync(group, null, null, Cancellation));
}

public sealed class FakeGroupStoreTests : GroupStoreContract
{
    protected override Task<IGroupStore> StoreAsync() => Task.FromResult<IGroupStore>(new FakeGroupStore());
}

public sealed class TableGroupStoreTests : GroupStoreContract
{
    protected override async Task<IGroupStore> StoreAsync()
    {
        var table = await OwnTable.CreateAsync();
        return new TableGroupStore(table, TestAudit.OutboxOn(table));
    }
}
