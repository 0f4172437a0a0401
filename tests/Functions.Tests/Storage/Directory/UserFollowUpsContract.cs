using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;

namespace CertFunctions.Functions.Tests.Storage.Directory;

/// <summary>What every store of follow-ups promises.</summary>
public abstract class UserFollowUpsContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IUserFollowUps> StoreAsync();

    [Fact]
    public async Task Reads_what_some_users_still_have_to_come()
    {
        var store = await StoreAsync();
        List<LmsId> ids = [.. Enumerable.Range(0, 500).Select(n => Sample.Id($"u-{n}")).Where(id => Shard.Of(id).Number == 3).Take(5).Order(ShardOrder.Instance)];
        List<UserFollowUp> all = [.. ids.SelectMany(id => new[] { Of(id, "1"), Of(id, "2") with { ShownOtherwise = false, GivenUp = null, IsAhead = true } })];
        await Task.WhenAll(all.Select(followUp => store.AddAsync(followUp, Cancellation)));

        var read = await store.ReadAsync(Shard.Numbered(3), [ids[1], ids[3]], Cancellation);

        Assert.Equal(all.Where(followUp => followUp.UserId == ids[1] || followUp.UserId == ids[3]).ToHashSet(), read.ToHashSet());
    }

    [Fact]
    public async Task Adds_and_removes_any_number_of_times()
    {
        var store = await StoreAsync();
        List<UserFollowUp> all = [.. Enumerable.Range(0, 120).Select(n => Of(Sample.Id("u-1"), $"{n}"))];
        await Task.WhenAll(all.Concat(all).Select(followUp => store.AddAsync(followUp, Cancellation)));
        Assert.Equal(120, (await store.ReadAsync(Shard.Of(Sample.Id("u-1")), [Sample.Id("u-1")], Cancellation)).Count);

        await store.RemoveManyAsync([all[7]], Cancellation);
        await store.RemoveManyAsync([.. all.Skip(1)], Cancellation);
        await store.RemoveManyAsync([.. all.Skip(1)], Cancellation);

        Assert.Equal([all[0]], await store.ReadAsync(Shard.Of(Sample.Id("u-1")), [Sample.Id("u-1")], Cancellation));
    }

    [Fact]
    public async Task Reads_the_older_ones_of_all_users()
    {
        var store = await StoreAsync();
        for (var i = 0; i < 40; i++)
        {
            await store.AddAsync(Of(Sample.Id($"u-{i}"), $"{i}") with { AddedAt = Sample.Now.AddSeconds(i) }, Cancellation);
        }

        var older = await store.ReadOlderAsync(Sample.Now.AddSeconds(30), Cancellation).ToListAsync(Cancellation);

        Assert.Equal(Enumerable.Range(0, 30), older.Select(followUp => int.Parse(followUp.Id, System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    private static UserFollowUp Of(LmsId user, string id) =>
        new(user, id, Sample.Now) { ShownOtherwise = true, GivenUp = new UsernameClaim("Ada", "token") };
}

public sealed class FakeUserFollowUpsTests : UserFollowUpsContract
{
    protected override Task<IUserFollowUps> StoreAsync() => Task.FromResult<IUserFollowUps>(new FakeUserFollowUps());
}

public sealed class TableUserFollowUpsTests : UserFollowUpsContract
{
    protected override async Task<IUserFollowUps> StoreAsync() => new TableUserFollowUps(await OwnTable.CreateAsync());
}
