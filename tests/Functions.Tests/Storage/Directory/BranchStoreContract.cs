using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Directory;

/// <summary>What every store of branches promises.</summary>
public abstract class BranchStoreContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IBranchStore> StoreAsync();

    [Fact]
    public async Task Finds_what_was_put_and_all_below_it()
    {
        var store = await StoreAsync();
        await PutAsync(store, Sample.Branch("a"), Sample.Branch("b", "a"), Sample.Branch("c", "b"), Sample.Branch("d"));

        Assert.Equal(Sample.Branch("b", "a"), await store.FindAsync(Sample.Id("b"), Cancellation));
        Assert.Equal(["a", "b", "c"], (await store.ReadTreeAsync(Cancellation)).WithDescendants(Sample.Id("a")).Select(id => id.Value));
        Assert.Empty((await store.ReadTreeAsync(Cancellation)).WithDescendants(Sample.Id("none")));
    }

    [Fact]
    public async Task Refuses_a_change_of_a_tree_that_changed_meanwhile()
    {
        var store = await StoreAsync();
        await PutAsync(store, Sample.Branch("a"));
        var tree = await store.ReadTreeAsync(Cancellation);
        await PutAsync(store, Sample.Branch("b"));

        Assert.False(await store.TryPutAsync(Sample.Branch("c"), tree, null, Cancellation));
        Assert.False(await store.TryRemoveAsync(Sample.Branch("a"), tree, null, Cancellation));
        Assert.Equal(["a", "b"], (await store.ReadTreeAsync(Cancellation)).After(null).Select(branch => branch.Id.Value));
    }

    [Fact]
    public async Task Removes_a_branch()
    {
        var store = await StoreAsync();
        await PutAsync(store, Sample.Branch("a"));

        Assert.True(await store.TryRemoveAsync(Sample.Branch("a"), await store.ReadTreeAsync(Cancellation), null, Cancellation));
        Assert.Null(await store.FindAsync(Sample.Id("a"), Cancellation));
    }

    protected static async Task PutAsync(IBranchStore store, params IReadOnlyList<Branch> branches)
    {
        foreach (var branch in branches)
        {
            Assert.True(await store.TryPutAsync(branch, await store.ReadTreeAsync(Cancellation), null, Cancellation));
        }
    }
}

public sealed class FakeBranchStoreTests : BranchStoreContract
{
    protected override Task<IBranchStore> StoreAsync() => Task.FromResult<IBranchStore>(new FakeBranchStore());
}

public sealed class TableBranchStoreTests : BranchStoreContract
{
    [Fact]
    public async Task Sees_what_another_instance_changed()
    {
        var table = await OwnTable.CreateAsync();
        var (one, other) = (new TableBranchStore(table, TestAudit.OutboxOn(table)), new TableBranchStore(table, TestAudit.OutboxOn(table)));
        await PutAsync(one, Sample.Branch("a"));
        Assert.Single((await other.ReadTreeAsync(Cancellation)).Branches);
        await PutAsync(other, Sample.Branch("b", "a"));

        Assert.Equal(2, (await one.ReadTreeAsync(Cancellation)).WithDescendants(Sample.Id("a")).Count);
    }

    protected override async Task<IBranchStore> StoreAsync()
    {
        var table = await OwnTable.CreateAsync();
        return new TableBranchStore(table, TestAudit.OutboxOn(table));
    }
}
