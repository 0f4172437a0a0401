using System.Security.Cryptography;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Fakes;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage;

/// <summary>What every store of idempotent requests promises.</summary>
public abstract class IdempotencyStoreContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IIdempotencyStore> StoreAsync();

    [Fact]
    public async Task Finds_nothing_that_was_not_added() =>
        Assert.Null(await (await StoreAsync()).FindAsync(Request().Id, Cancellation));

    [Fact]
    public async Task Finds_what_was_added_with_its_revision()
    {
        var store = await StoreAsync();
        var request = Request();

        var revision = await store.TryAddAsync(request, Cancellation);

        Assert.NotNull(revision);
        Assert.Equal(new StoredIdempotentRequest(request, revision), await store.FindAsync(request.Id, Cancellation));
    }

    [Fact]
    public async Task Adds_an_id_once()
    {
        var store = await StoreAsync();
        var request = Request();
        await store.TryAddAsync(request, Cancellation);

        Assert.Null(await store.TryAddAsync(request with { Attempt = "second" }, Cancellation));
        Assert.Equal(request, (await store.FindAsync(request.Id, Cancellation))?.Request);
    }

    [Fact]
    public async Task Replaces_only_the_revision_that_it_has()
    {
        var store = await StoreAsync();
        var request = Request();
        var first = await store.TryAddAsync(request, Cancellation);

        var second = await store.TryReplaceAsync(request with { Attempt = "second" }, first!, Cancellation);

        Assert.NotNull(second);
        Assert.NotEqual(first, second);
        Assert.Null(await store.TryReplaceAsync(request with { Attempt = "stale" }, first!, Cancellation));
        Assert.Equal("second", (await store.FindAsync(request.Id, Cancellation))?.Request.Attempt);
    }

    [Fact]
    public async Task Does_not_replace_what_is_gone()
    {
        var store = await StoreAsync();
        var request = Request();
        var revision = await store.TryAddAsync(request, Cancellation);
        Assert.True(await store.TryDeleteAsync(request.Id, revision!, Cancellation));

        Assert.Null(await store.TryReplaceAsync(request, revision!, Cancellation));
    }

    [Fact]
    public async Task Deletes_only_the_revision_that_it_has()
    {
        var store = await StoreAsync();
        var request = Request();
        var first = await store.TryAddAsync(request, Cancellation);
        var second = await store.TryReplaceAsync(request, first!, Cancellation);

        Assert.False(await store.TryDeleteAsync(request.Id, first!, Cancellation));
        Assert.NotNull(await store.FindAsync(request.Id, Cancellation));

        Assert.True(await store.TryDeleteAsync(request.Id, second!, Cancellation));
        Assert.False(await store.TryDeleteAsync(request.Id, second!, Cancellation));
        Assert.Null(await store.FindAsync(request.Id, Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + 1)]
    [InlineData(IdempotentPosts.MaxKeptBody)]
    public async Task Keeps_an_answer_of_any_allowed_size(int bodyLength)
    {
        var store = await StoreAsync();
        var answer = new Answer(202, RandomNumberGenerator.GetBytes(bodyLength), "v7", "/api/jobs/1");
        var request = Request() with { Answer = answer };

        await store.TryAddAsync(request, Cancellation);

        var kept = (await store.FindAsync(request.Id, Cancellation))?.Request.Answer;
        Assert.NotNull(kept?.Body);
        Assert.Equal(answer.Body!.Value.ToArray(), kept.Body.Value.ToArray());
        Assert.Equal((answer.Status, answer.Version, answer.Location), (kept.Status, kept.Version, kept.Location));
    }

    [Fact]
    public async Task Keeps_an_answer_without_a_body()
    {
        var store = await StoreAsync();
        var request = Request() with { Answer = Answer.NoContent() };

        await store.TryAddAsync(request, Cancellation);

        Assert.Equal(request, (await store.FindAsync(request.Id, Cancellation))?.Request);
    }

    [Fact]
    public async Task Purges_what_was_made_before_a_time_and_nothing_else()
    {
        var store = await StoreAsync();
        var bound = new DateTimeOffset(2020, 1, 8, 0, 0, 0, TimeSpan.Zero);
        var (old, young) = (Request() with { CreatedAt = bound.AddSeconds(-1) }, Request() with { CreatedAt = bound });
        await store.TryAddAsync(old, Cancellation);
        await store.TryAddAsync(young, Cancellation);

        Assert.Equal(1, await store.PurgeAsync(bound, Cancellation));

        Assert.Null(await store.FindAsync(old.Id, Cancellation));
        Assert.NotNull(await store.FindAsync(young.Id, Cancellation));
        Assert.Equal(0, await store.PurgeAsync(bound, Cancellation));
        Assert.Equal(1, await store.PurgeAsync(bound.AddSeconds(1), Cancellation));
    }

    private static IdempotentRequest Request() => new()
    {
        Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
        BodyHash = "b0",
        ReservedId = "job-1",
        Attempt = "first",
        CreatedAt = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero),
        LeaseUntil = new DateTimeOffset(2026, 11, 24, 12, 0, 30, TimeSpan.Zero),
    };

    public sealed class OfTheFake : IdempotencyStoreContract
    {
        protected override Task<IIdempotencyStore> StoreAsync() => Task.FromResult<IIdempotencyStore>(new FakeIdempotencyStore());
    }

    public sealed class OfTheTable : IdempotencyStoreContract
    {
        protected override async Task<IIdempotencyStore> StoreAsync() => new TableIdempotencyStore(await Emulator.ClientsAsync());
    }
}
