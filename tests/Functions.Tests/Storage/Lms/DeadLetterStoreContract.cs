using System.Text;
using System.Text.Json;
using CertFunctions.Core;
using CertFunctions.Core.Lms;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Lms;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Lms;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Lms;

/// <summary>What every store of dead letters promises.</summary>
public abstract class DeadLetterStoreContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An empty one.</summary>
    protected abstract Task<IDeadLetterStore> StoreAsync();

    [Fact]
    public async Task Gives_back_what_it_was_given()
    {
        var store = await StoreAsync();
        var letter = Letter("m-1", waitingFor: "u-1");
        await store.AddAsync(letter, Cancellation);

        AssertEqual(letter, (await store.FindAsync(letter.Id, Cancellation))!.Letter);
        Assert.Null(await store.FindAsync(Letter("m-2").Id, Cancellation));
    }

    [Fact]
    public async Task One_that_is_there_stays_as_it_is()
    {
        var store = await StoreAsync();
        var letter = Letter("m-1");
        await store.AddAsync(letter, Cancellation);
        await store.AddAsync(letter with { Attempts = 7, WaitingForUserId = Sample.Id("u-1") }, Cancellation);

        AssertEqual(letter, (await store.FindAsync(letter.Id, Cancellation))!.Letter);
        Assert.Empty(await store.ReadAwaitedAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_stale_state_is_neither_replaced_nor_removed()
    {
        var store = await StoreAsync();
        var letter = Letter("m-1", waitingFor: "u-1");
        await store.AddAsync(letter, Cancellation);
        var stale = (await store.FindAsync(letter.Id, Cancellation))!;

        Assert.True(await store.TryReplaceAsync(letter with { Attempts = 2 }, stale, Cancellation));
        Assert.False(await store.TryReplaceAsync(letter with { Attempts = 3 }, stale, Cancellation));
        Assert.False(await store.TryRemoveAsync(stale, null, Cancellation));
        Assert.True(await store.TryRemoveAsync((await store.FindAsync(letter.Id, Cancellation))!, null, Cancellation));
        Assert.Null(await store.FindAsync(letter.Id, Cancellation));
    }

    [Fact]
    public async Task Knows_who_waits_for_whom_through_every_change()
    {
        var store = await StoreAsync();
        var (one, two) = (Letter("m-1", waitingFor: "u-1"), Letter("m-2", waitingFor: "u-10"));
        await store.AddAsync(one, Cancellation);
        await store.AddAsync(two, Cancellation);
        await store.AddAsync(Letter("m-3"), Cancellation);
        Assert.Equal([Sample.Id("u-1"), Sample.Id("u-10")], await store.ReadAwaitedAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Equal([one.Id], await WaitingAsync(store, "u-1"));

        await store.TryReplaceAsync(one with { WaitingForUserId = Sample.Id("u-2") }, (await store.FindAsync(one.Id, Cancellation))!, Cancellation);
        Assert.Empty(await WaitingAsync(store, "u-1"));
        Assert.Equal([one.Id], await WaitingAsync(store, "u-2"));

        await store.TryReplaceAsync(one with { WaitingForUserId = null }, (await store.FindAsync(one.Id, Cancellation))!, Cancellation);
        await store.TryRemoveAsync((await store.FindAsync(two.Id, Cancellation))!, null, Cancellation);
        Assert.Empty(await store.ReadAwaitedAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Theory]
    [InlineData(0, "u-2 u-1 u-0")]
    [InlineData(1, "u-2 u-1")]
    [InlineData(2, "u-2")]
    [InlineData(3, "")]
    public async Task Knows_who_is_awaited_since_a_time(int minutes, string awaited)
    {
        var store = await StoreAsync();
        foreach (var index in Enumerable.Range(0, 3))
        {
            await store.AddAsync(Letter($"m-{index}", waitingFor: $"u-{index}", minutes: index), Cancellation);
            await store.AddAsync(Letter($"n-{index}", minutes: index), Cancellation);
        }

        var found = await store.ReadAwaitedSinceAsync(Sample.Now.AddMinutes(minutes), Cancellation).ToListAsync(Cancellation);

        Assert.Equal(awaited, string.Join(' ', found));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public async Task Knows_whether_a_message_came_before_a_time(int minutes, bool expected)
    {
        var store = await StoreAsync();
        foreach (var letter in new[] { Letter("m-5", waitingFor: "u", minutes: 5), Letter("m-9", waitingFor: null, minutes: 9) })
        {
            await store.AddAsync(letter, Cancellation);
        }

        Assert.Equal(expected, await store.AnyBeforeAsync(Sample.Now.AddMinutes(minutes), Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(200)]
    public async Task Lists_the_newest_message_first(int limit)
    {
        var store = await StoreAsync();
        var letters = Enumerable.Range(0, 9).Select(i => Letter($"m-{i}", waitingFor: i % 2 == 0 ? "u" : null, minutes: i)).ToList();
        foreach (var letter in letters)
        {
            await store.AddAsync(letter, Cancellation);
        }

        letters.Reverse();
        Assert.Equal(letters.Select(letter => letter.Id), (await Walk.AllAsync(limit, page => store.ListAsync(page, Cancellation))).Select(letter => letter.Id));
    }

    /// <summary>Whether few letters wait, or so many that each user is looked for.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(TableDeadLetterStore.PageSize - 1)]
    [InlineData(TableDeadLetterStore.PageSize)]
    public async Task Finds_for_whom_of_many_users_letters_wait(int letters)
    {
        var store = await StoreAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, letters), Cancellation, async (n, token) =>
            await store.AddAsync(Letter($"m-{n}", waitingFor: n % 2 == 0 ? "u-1" : "u-15"), token));

        LmsId[] asked = [Sample.Id("u-0"), Sample.Id("u-1"), Sample.Id("u-10"), Sample.Id("u-15"), Sample.Id("u-2")];

        Assert.Equal([Sample.Id("u-1"), Sample.Id("u-15")], await store.FindAwaitedAsync(asked, Cancellation));
        Assert.Equal([Sample.Id("u-15")], await store.FindAwaitedAsync(asked[2..], Cancellation));
        Assert.Empty(await store.FindAwaitedAsync(asked[..1], Cancellation));
    }

    protected static void AssertEqual(DeadLetter expected, DeadLetter actual)
    {
        Assert.Equal(expected.Element.Payload.GetRawText(), actual.Element.Payload.GetRawText());
        Assert.Equal(expected, actual with { Element = actual.Element with { Payload = expected.Element.Payload } });
    }

    protected static DeadLetter Letter(string messageId, string? waitingFor = null, int minutes = 0, string payload = """{"user_id":"u-1","x":"ä"}""") => DeadLetter.Of(
        new WebhookElement(messageId, "course.enrollment.completed", 3, JsonElement.Parse(payload), Sample.Now.AddMinutes(minutes)),
        new ElementResult.Failed(DirectoryRejection(), waitingFor is null ? null : Sample.Id(waitingFor)),
        attempts: 1,
        Sample.Now.AddHours(1));

    private static Rejection DirectoryRejection() => Rejection.NotFound("user_not_found", "There is no user u-1.");

    private static async Task<List<DeadLetterId>> WaitingAsync(IDeadLetterStore store, string userId) =>
        await store.ReadWaitingAsync(Sample.Id(userId), Cancellation).ToListAsync(Cancellation);
}

public sealed class FakeDeadLetterStoreTests : DeadLetterStoreContract
{
    protected override Task<IDeadLetterStore> StoreAsync() => Task.FromResult<IDeadLetterStore>(new FakeDeadLetterStore());
}

public sealed class TableDeadLetterStoreTests : DeadLetterStoreContract
{
    [Theory]
    [InlineData(60 * 1024)]
    [InlineData(61 * 1024)]
    [InlineData(1000 * 1024)]
    public async Task A_payload_of_any_length_comes_back_as_the_LMS_sent_it(int length)
    {
        var messages = new BlobWebhookStore((await Emulator.ClientsAsync()).Container(StorageNames.Containers.Webhooks));
        var table = await OwnTable.CreateAsync();
        var store = new TableDeadLetterStore(table, messages, TestAudit.OutboxOn(table));
        var id = Guid.NewGuid().ToString();
        var payload = $$"""{"x":"{{new string('x', length - 8)}}"}""";
        await messages.KeepAsync(id, Encoding.UTF8.GetBytes(LmsMessage.Of(id, "e", "{}", "{}", "{}", payload)), Sample.Now, Cancellation);
        var letter = Letter(id, payload: payload);
        await store.AddAsync(letter, Cancellation);

        AssertEqual(letter, (await store.FindAsync(letter.Id, Cancellation))!.Letter);
    }

    protected override async Task<IDeadLetterStore> StoreAsync()
    {
        var table = await OwnTable.CreateAsync();
        return new TableDeadLetterStore(table, new FakeWebhookStore(), TestAudit.OutboxOn(table));
    }
}
