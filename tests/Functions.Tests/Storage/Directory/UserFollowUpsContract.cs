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
    public async Task Reads_what_one_user_still_has_to_come()
    {
        var store = await StoreAsync();
        var (move, rename) = (Of("u-1", "1", "b-1", "b-2"), Of("u-1", "2"));
        foreach (var followUp in new[] { move, rename, Of("u-1-2", "3", "b-1"), Of("u-10", "4") })
        {
            await store.AddAsync(followUp, Cancellation);
        }

        var read = await store.ReadAsync(Sample.Id("u-1"), Cancellation);

        Assert.Equal([Text(move), Text(rename)], read.OrderBy(followUp => followUp.Id, StringComparer.Ordinal).Select(Text));
        Assert.Empty(await store.ReadAsync(Sample.Id("u"), Cancellation));
    }

    [Fact]
    public async Task Adds_and_removes_any_number_of_times()
    {
        var store = await StoreAsync();
        var followUp = Of("u-1", "1", "b-1");
        await store.AddAsync(followUp, Cancellation);
        await store.AddAsync(followUp, Cancellation);
        Assert.Single(await store.ReadAsync(Sample.Id("u-1"), Cancellation));

        await store.RemoveAsync(followUp, Cancellation);
        await store.RemoveAsync(followUp, Cancellation);
        Assert.Empty(await store.ReadAsync(Sample.Id("u-1"), Cancellation));
    }

    [Fact]
    public async Task Is_taken_any_number_of_times_until_it_is_done()
    {
        var store = await StoreAsync();
        var added = await store.AddAsync(Of("u-1", "1", "b-1"), Cancellation);

        Assert.True(await store.TryTakeAsync(added, Cancellation));
        Assert.True(await store.TryTakeAsync(added, Cancellation));
        Assert.NotEqual(added.Revision, Assert.Single(await store.ReadAsync(Sample.Id("u-1"), Cancellation)).Revision);

        await store.RemoveAsync(added, Cancellation);
        Assert.False(await store.TryTakeAsync(added, Cancellation));
        Assert.Empty(await store.ReadAsync(Sample.Id("u-1"), Cancellation));
    }

    [Fact]
    public async Task Reads_the_older_ones_of_all_users()
    {
        var store = await StoreAsync();
        for (var i = 0; i < 40; i++)
        {
            await store.AddAsync(Of($"u-{i}", $"{i}") with { AddedAt = Sample.Now.AddSeconds(i) }, Cancellation);
        }

        var older = await store.ReadOlderAsync(Sample.Now.AddSeconds(30), Cancellation).ToListAsync(Cancellation);

        Assert.Equal(Enumerable.Range(0, 30), older.Select(followUp => int.Parse(followUp.Id, System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    private static UserFollowUp Of(string user, string id, params string[] branches) =>
        new(Sample.Id(user), id, [.. branches.Select(Sample.Id)], Renamed: branches.Length == 0, Sample.Now);

    /// <summary>Two of these are equal only with equal branches.</summary>
    private static string Text(UserFollowUp followUp) => $"{followUp with { Branches = [], Revision = null }} {string.Join(',', followUp.Branches)}";
}

public sealed class FakeUserFollowUpsTests : UserFollowUpsContract
{
    protected override Task<IUserFollowUps> StoreAsync() => Task.FromResult<IUserFollowUps>(new FakeUserFollowUps());
}

public sealed class TableUserFollowUpsTests : UserFollowUpsContract
{
    protected override async Task<IUserFollowUps> StoreAsync() => new TableUserFollowUps(await OwnTable.CreateAsync());
}
