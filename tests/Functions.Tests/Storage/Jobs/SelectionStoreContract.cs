using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Records;
using CertFunctions.Testing.Storage;

namespace CertFunctions.Functions.Tests.Storage.Jobs;

/// <summary>What every store of selections promises.</summary>
public abstract class SelectionStoreContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<ISelectionStore> StoreAsync();

    [Fact]
    public async Task Reads_a_selection_as_it_was_saved()
    {
        var store = await StoreAsync();
        var id = TestJob.Queued().Id;
        var saved = new AwardSelection(
            [LmsId.Parse("u-1"), LmsId.Parse("u-2")],
            [new MemberSource(MemberSourceType.Group, LmsId.Parse("g-1")), new MemberSource(MemberSourceType.Branch, LmsId.Parse("b-1"))]);

        await store.SaveAsync(id, saved, Cancellation);

        var read = await store.ReadAsync(id, Cancellation);
        Assert.Equal(saved.Users, read.Users);
        Assert.Equal(saved.Sources, read.Sources);
    }

    [Fact]
    public async Task Finds_every_run_of_a_manifest()
    {
        var store = await StoreAsync();
        var id = TestJob.Queued().Id;
        var userIds = Enumerable.Range(0, 300).Select(n => LmsId.Parse($"u-{n}")).Order(ShardOrder.Instance).ToList();

        var manifest = await WriteAsync(store, id, userIds);

        Assert.Equal((Shard.Count, 300), (manifest.Runs, manifest.Total));
        var read = new List<LmsId>();
        for (var run = 0; run < manifest.Runs; run++)
        {
            var found = (await store.FindRunAsync(id, manifest.Name, run, Cancellation))!;
            Assert.Equal((run, Shard.Of(found.UserIds[0])), (found.Run, found.Shard));
            read.AddRange(found.UserIds);
        }

        Assert.Equal(userIds, read);
    }

    [Fact]
    public async Task Writes_a_manifest_of_nobody()
    {
        var manifest = await WriteAsync(await StoreAsync(), TestJob.Queued().Id, []);

        Assert.Equal((0, 0), (manifest.Runs, manifest.Total));
    }

    [Fact]
    public async Task Gives_every_manifest_a_name_of_its_own()
    {
        var store = await StoreAsync();
        var id = TestJob.Queued().Id;
        var first = await WriteAsync(store, id, [LmsId.Parse("u-1")]);

        var second = await WriteAsync(store, id, [LmsId.Parse("u-2")]);

        Assert.NotEqual(first.Name, second.Name);
        Assert.Equal([LmsId.Parse("u-1")], (await store.FindRunAsync(id, first.Name, 0, Cancellation))!.UserIds);
    }

    [Fact]
    public async Task Finds_no_run_beyond_the_last_and_none_of_an_unknown_manifest()
    {
        var store = await StoreAsync();
        var id = TestJob.Queued().Id;
        var manifest = await WriteAsync(store, id, [LmsId.Parse("u-1")]);

        Assert.Null(await store.FindRunAsync(id, manifest.Name, 1, Cancellation));
        Assert.Null(await store.FindRunAsync(id, "manifest.gone", 0, Cancellation));
    }

    private static Task<Manifest> WriteAsync(ISelectionStore store, JobId id, IReadOnlyList<LmsId> userIds) =>
        store.WriteManifestAsync(id, RunSplitter.SplitAsync(userIds.ToAsyncEnumerable(), Cancellation), Cancellation);
}

public sealed class FakeSelectionStoreTests : SelectionStoreContract
{
    protected override Task<ISelectionStore> StoreAsync() => Task.FromResult<ISelectionStore>(new FakeSelectionStore());
}

public sealed class BlobSelectionStoreTests : SelectionStoreContract
{
    protected override async Task<ISelectionStore> StoreAsync() =>
        new BlobSelectionStore((await Emulator.ClientsAsync()).Container(StorageNames.Containers.Jobs));
}
