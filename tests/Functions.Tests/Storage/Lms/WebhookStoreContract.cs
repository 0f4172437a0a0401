using System.Text;
using CertFunctions.Core.Lms;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Lms;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Lms;

/// <summary>What every store of messages promises.</summary>
public abstract class WebhookStoreContract
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{\"a\":1}");

    private readonly string id = $"m/{Guid.NewGuid():n} \U0001F525 #?";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IWebhookStore> StoreAsync();

    [Fact]
    public async Task Keeps_a_message_as_it_came_and_when_it_first_did()
    {
        var store = await StoreAsync();
        Assert.Equal(WebhookKept.Kept, await store.KeepAsync(id, Body, Sample.Now, Cancellation));
        Assert.Equal(WebhookKept.KeptBefore, await store.KeepAsync(id, Body, Sample.Now.AddDays(1), Cancellation));

        var found = (await store.FindAsync(WebhookKey.Of(id), Cancellation))!;
        Assert.Equal(Body, found.Body.ToArray());
        Assert.Equal((Sample.Now, false), (found.ReceivedAt, found.IsApplied));
    }

    [Fact]
    public async Task Another_body_under_the_same_id_is_told_apart_and_changes_nothing()
    {
        var store = await StoreAsync();
        await store.KeepAsync(id, Body, Sample.Now, Cancellation);

        Assert.Equal(WebhookKept.OtherBody, await store.KeepAsync(id, (byte[])[32, .. Body], Sample.Now, Cancellation));
        Assert.Equal(Body, (await store.FindAsync(WebhookKey.Of(id), Cancellation))!.Body.ToArray());
    }

    [Fact]
    public async Task Remembers_that_a_message_was_applied_and_still_tells_other_bodies_apart()
    {
        var store = await StoreAsync();
        await store.KeepAsync(id, Body, Sample.Now, Cancellation);
        await store.MarkAppliedAsync(WebhookKey.Of(id), Cancellation);

        var found = (await store.FindAsync(WebhookKey.Of(id), Cancellation))!;
        Assert.Equal((Sample.Now, true), (found.ReceivedAt, found.IsApplied));
        Assert.Equal(WebhookKept.KeptBefore, await store.KeepAsync(id, Body, Sample.Now, Cancellation));
        Assert.Equal(WebhookKept.OtherBody, await store.KeepAsync(id, new byte[1], Sample.Now, Cancellation));
    }

    [Fact]
    public async Task Of_two_bodies_at_once_one_is_kept()
    {
        var store = await StoreAsync();
        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => store.KeepAsync(id, new[] { (byte)(i % 2) }, Sample.Now, Cancellation))));

        Assert.Single(kept, WebhookKept.Kept);
        Assert.Equal((3, 4), (kept.Count(one => one == WebhookKept.KeptBefore), kept.Count(one => one == WebhookKept.OtherBody)));
    }

    [Fact]
    public async Task Finds_nothing_under_another_id() => Assert.Null(await (await StoreAsync()).FindAsync(WebhookKey.Of(id), Cancellation));
}

public sealed class FakeWebhookStoreTests : WebhookStoreContract
{
    protected override Task<IWebhookStore> StoreAsync() => Task.FromResult<IWebhookStore>(new FakeWebhookStore());
}

public sealed class BlobWebhookStoreTests : WebhookStoreContract
{
    protected override async Task<IWebhookStore> StoreAsync() =>
        new BlobWebhookStore((await Emulator.ClientsAsync()).Container(StorageNames.Containers.Webhooks));
}
