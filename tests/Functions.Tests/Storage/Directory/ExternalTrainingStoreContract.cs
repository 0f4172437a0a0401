using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Directory;

/// <summary>What every store of external trainings promises.</summary>
public abstract class ExternalTrainingStoreContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IExternalTrainingStore> StoreAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("Rotes Kreuz / Zürich #1")]
    public async Task Finds_a_training_as_it_was_written(string? provider)
    {
        var store = await StoreAsync();
        var training = Sample.Training("t-1", "Erste Hilfe\u2028?") with { Provider = provider, Version = 7 };
        await store.TryWriteAsync(training, null, null, Cancellation);

        Assert.Equal(training, await store.FindAsync(training.Id, Cancellation));
        Assert.Null(await store.FindAsync(Sample.Id("T-1"), Cancellation));
        Assert.Null(await store.FindStoredAsync(Sample.Id("none"), Cancellation));
    }

    [Fact]
    public async Task Refuses_to_create_twice_and_to_change_a_stale_state()
    {
        var store = await StoreAsync();
        Assert.True(await store.TryWriteAsync(Sample.Training("t-1"), null, null, Cancellation));
        var read = await store.FindStoredAsync(Sample.Id("t-1"), Cancellation);

        Assert.False(await store.TryWriteAsync(Sample.Training("t-1"), null, null, Cancellation));
        Assert.True(await store.TryWriteAsync(Sample.Training("t-1", "Second aid"), read, null, Cancellation));
        Assert.False(await store.TryWriteAsync(Sample.Training("t-1", "Third aid"), read, null, Cancellation));
        Assert.Equal("Second aid", (await store.FindAsync(Sample.Id("t-1"), Cancellation))!.Title);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(200)]
    public async Task Lists_in_the_order_of_ids(int limit)
    {
        var store = await StoreAsync();
        string[] ids = ["A", "a", "a-1", "a.1", "a_1", "b", "b@c"];
        foreach (var id in ids.Reverse())
        {
            await store.TryWriteAsync(Sample.Training(id), null, null, Cancellation);
        }

        var seen = await Walk.AllAsync(limit, page => store.ListAsync(page, Cancellation));
        Assert.Equal(ids.Order(StringComparer.Ordinal), seen.Select(training => training.Id.Value));
    }
}

public sealed class FakeExternalTrainingStoreTests : ExternalTrainingStoreContract
{
    protected override Task<IExternalTrainingStore> StoreAsync() => Task.FromResult<IExternalTrainingStore>(new FakeExternalTrainingStore());
}

public sealed class TableExternalTrainingStoreTests : ExternalTrainingStoreContract
{
    protected override async Task<IExternalTrainingStore> StoreAsync()
    {
        var table = await OwnTable.CreateAsync();
        return new TableExternalTrainingStore(table, TestAudit.OutboxOn(table));
    }
}
