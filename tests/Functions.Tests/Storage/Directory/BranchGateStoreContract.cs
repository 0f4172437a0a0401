using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;

namespace CertFunctions.Functions.Tests.Storage.Directory;

/// <summary>What every store of gates promises.</summary>
public abstract class BranchGateStoreContract
{
    private static readonly Shard Some = Shard.Numbered(3);
    private static readonly Shard Other = Shard.Numbered(4);
    private static readonly LmsId Branch = Sample.Id("b-1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IBranchGateStore> StoreAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(TableBranchGateStore.GatesPerTransaction)]
    [InlineData(TableBranchGateStore.GatesPerTransaction + 1)]
    public async Task Opens_gates_of_one_shard_until_they_are_closed(int count)
    {
        var store = await StoreAsync();
        var ids = Enumerable.Range(0, count).Select(n => Sample.Id($"b-{n}")).ToList();
        Assert.Equal(ids.Select(id => new BranchGate(id, false, null)), await store.FindManyAsync(Some, ids, Cancellation));

        Assert.True(await store.TryOpenAsync(Some, await store.FindManyAsync(Some, ids, Cancellation), Cancellation));
        Assert.Equal(ids.Select(id => (id, true)), await StatesAsync(store, Some, ids));
        Assert.Equal(ids.Select(id => (id, false)), await StatesAsync(store, Other, ids));

        await store.CloseAsync(ids[0], Cancellation);
        Assert.Equal(ids.Select(id => (id, id != ids[0])), await StatesAsync(store, Some, ids));
    }

    [Fact]
    public async Task One_that_was_closed_is_opened_again()
    {
        var store = await StoreAsync();
        await store.CloseAsync(Branch, Cancellation);

        Assert.True(await store.TryOpenAsync(Some, await store.FindManyAsync(Some, [Branch], Cancellation), Cancellation));

        Assert.Equal([(Branch, true)], await StatesAsync(store, Some, [Branch]));
    }

    /// <summary>Whether it was ever open or not: whoever found it closed before decided on what may no longer be so.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_was_closed_once_more_is_not_opened_by_who_read_it_before(bool wasOpen)
    {
        var store = await StoreAsync();
        if (wasOpen)
        {
            await store.TryOpenAsync(Some, await store.FindManyAsync(Some, [Branch], Cancellation), Cancellation);
            await store.CloseAsync(Branch, Cancellation);
        }

        var found = await store.FindManyAsync(Some, [Branch], Cancellation);
        await store.CloseAsync(Branch, Cancellation);

        Assert.False(await store.TryOpenAsync(Some, found, Cancellation));
        Assert.Equal([(Branch, false)], await StatesAsync(store, Some, [Branch]));
    }

    [Fact]
    public async Task Of_two_who_open_one_at_once_the_second_is_told()
    {
        var store = await StoreAsync();
        var found = await store.FindManyAsync(Some, [Branch], Cancellation);

        Assert.True(await store.TryOpenAsync(Some, found, Cancellation));
        Assert.False(await store.TryOpenAsync(Some, found, Cancellation));
        Assert.Equal([(Branch, true)], await StatesAsync(store, Some, [Branch]));
    }

    private static async Task<IEnumerable<(LmsId BranchId, bool IsOpen)>> StatesAsync(IBranchGateStore store, Shard shard, IReadOnlyCollection<LmsId> ids) =>
        (await store.FindManyAsync(shard, ids, Cancellation)).Select(gate => (gate.BranchId, gate.IsOpen));
}

public sealed class FakeBranchGateStoreTests : BranchGateStoreContract
{
    protected override Task<IBranchGateStore> StoreAsync() => Task.FromResult<IBranchGateStore>(new FakeBranchGateStore());
}

public sealed class TableBranchGateStoreTests : BranchGateStoreContract
{
    protected override async Task<IBranchGateStore> StoreAsync() => new TableBranchGateStore(await OwnTable.CreateAsync());
}
