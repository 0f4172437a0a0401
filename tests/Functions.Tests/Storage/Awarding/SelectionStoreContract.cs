using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awarding;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Records;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Awarding;

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
