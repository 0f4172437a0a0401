using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Testing;

namespace CertFunctions.Functions.Tests.Storage.Awards;

/// <summary>What every store promises of the awards of all certifications. Tests share one storage: each takes days of its own, many years from now.</summary>
public abstract class AllAwardsStoreContract
{
    private readonly CertificationCode code = AwardSamples.NewCode();
    private readonly DateOnly first = new DateOnly(2200, 1, 1).AddDays(Random.Shared.Next(2_000_000));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<AwardPorts> PortsAsync();

    [Fact]
    public async Task Expiries_come_soonest_first_then_by_code_with_the_shards_that_have_them()
    {
        var ports = await PortsAsync();
        await AwardAsync(ports, "b", 2);
        var one = await AwardAsync(ports, "b", 1);
        var other = await AwardAsync(ports, "b", 1);
        await AwardAsync(ports, "a", 1);
        await AwardAsync(ports, "a", 0);

        var found = await ListAsync(ports);

        Assert.Equal(["a 0", "a 1", "b 1", "b 2"], found.Select(TextOf));
        Assert.Equal(ShardsOf(one, other), found[2].Shards.Order(Comparer<Shard>.Create((left, right) => left.Number - right.Number)));
    }

    [Fact]
    public async Task An_expiry_is_there_until_the_last_award_leaves_it()
    {
        var ports = await PortsAsync();
        var user = AwardSamples.NewUserId();
        var sameShard = Enumerable.Range(0, 200).Select(n => LmsId.Parse($"{user}-{n}")).First(id => Shard.Of(id) == Shard.Of(user));
        var (renewed, revoked) = (await AwardAsync(ports, "a", 0, user), await AwardAsync(ports, "a", 0, sameShard));
        Assert.Equal(["a 0"], (await ListAsync(ports)).Select(TextOf));

        Assert.True(await ports.Store.TryWriteAsync(AwardSamples.Renewal(renewed, first.AddDays(5)), Cancellation));
        Assert.Equal(["a 0", "a 5"], (await ListAsync(ports)).Select(TextOf));

        Assert.True(await ports.Store.TryWriteAsync(AwardSamples.Revocation(revoked), Cancellation));
        Assert.Equal(["a 5"], (await ListAsync(ports)).Select(TextOf));

        var tombstone = await ports.Store.FindAsync(revoked.Award.CertificationCode, sameShard, Cancellation);
        Assert.True(await ports.Store.TryWriteAsync(AwardSamples.Renewal(tombstone!, first.AddDays(5)), Cancellation));
        Assert.Equal(["a 5"], (await ListAsync(ports)).Select(TextOf));
    }

    [Fact]
    public async Task What_is_always_valid_comes_last_and_only_where_it_is_asked_for()
    {
        var ports = await PortsAsync();
        var held = await AwardAsync(ports, "a", null);

        Assert.Empty(await ListAsync(ports));
        Assert.Contains(held.Award.CertificationCode, (await AlwaysAsync(ports)).Select(expiry => expiry.CertificationCode));

        Assert.True(await ports.Store.TryWriteAsync(AwardSamples.Renewal(held, first), Cancellation));
        Assert.DoesNotContain(held.Award.CertificationCode, (await AlwaysAsync(ports)).Select(expiry => expiry.CertificationCode));
        Assert.Equal(["a 0"], (await ListAsync(ports)).Select(TextOf));
    }

    [Fact]
    public async Task The_awards_of_an_expiry_come_by_user_from_behind_any()
    {
        var ports = await PortsAsync();
        var held = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => AwardAsync(ports, "a", 3)));
        var expected = held.Select(one => one.Award).OrderBy(award => award.UserId.Value, StringComparer.Ordinal).ToList();
        var expiry = Assert.Single(await ListAsync(ports));

        Assert.Equal(expected, (await ports.All.ReadAsync(expiry, null, 41, Cancellation)).Select(one => one.Award));
        Assert.Equal(expected.Take(7), (await ports.All.ReadAsync(expiry, null, 7, Cancellation)).Select(one => one.Award));
        Assert.Equal(expected.Skip(7), (await ports.All.ReadAsync(expiry, expected[6].UserId, 40, Cancellation)).Select(one => one.Award));
        Assert.Empty(await ports.All.ReadAsync(expiry, expected[^1].UserId, 40, Cancellation));
    }

    /// <summary>More marks than a store reads at once.</summary>
    [Fact]
    public async Task A_walk_meets_each_expiry_once()
    {
        var ports = await PortsAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 450), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancellation }, async (n, _) =>
            await AwardAsync(ports, $"{n % 9}", n / 9));

        var found = new List<SharedExpiry>();
        string? after = null;
        do
        {
            var page = await ports.All.ListExpiriesAsync(RangeOf(60), after, Cancellation);
            found.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(0, 450).Select(n => $"{n % 9} {n / 9}"), found.Select(TextOf));
        Assert.Equal(found.Skip(100).Take(5).Select(TextOf), (await ports.All.ListExpiriesAsync(RangeOf(60), found[99].Place, Cancellation)).Items.Take(5).Select(TextOf));
    }

    private string TextOf(SharedExpiry expiry) =>
        $"{expiry.CertificationCode.Key[code.Key.Length..]} {expiry.ExpiresOn!.Value.DayNumber - first.DayNumber}";

    private static IEnumerable<Shard> ShardsOf(params StoredAward[] held) =>
        held.Select(one => Shard.Of(one.Award.UserId)).Distinct().OrderBy(shard => shard.Number);

    private ExpiryRange RangeOf(int days) => ExpiryRange.All.Between(first, first.AddDays(days));

    private async Task<IReadOnlyList<SharedExpiry>> ListAsync(AwardPorts ports) => (await ports.All.ListExpiriesAsync(RangeOf(10), null, Cancellation)).Items;

    private static async Task<IReadOnlyList<SharedExpiry>> AlwaysAsync(AwardPorts ports)
    {
        var found = new List<SharedExpiry>();
        string? after = null;
        do
        {
            var page = await ports.All.ListExpiriesAsync(ExpiryRange.On(null), after, Cancellation);
            found.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return found;
    }

    /// <param name="part">Of the code.</param>
    /// <param name="expiresOn">In days from the first; null: never.</param>
    private async Task<StoredAward> AwardAsync(AwardPorts ports, string part, int? expiresOn, LmsId? userId = null)
    {
        var award = AwardSamples.New(CertificationCode.Parse($"{code}{part}"), userId ?? AwardSamples.NewUserId(), expiresOn is { } days ? first.AddDays(days) : null);
        Assert.True(await ports.Store.TryWriteAsync(AwardSamples.WriteOf(award), Cancellation));
        return (await ports.Store.FindAsync(award.CertificationCode, award.UserId, Cancellation))!;
    }

    public sealed class OfTheFake : AllAwardsStoreContract
    {
        protected override Task<AwardPorts> PortsAsync() => Task.FromResult(AwardPorts.OfTheFake());
    }

    public sealed class OfTheTable : AllAwardsStoreContract
    {
        protected override Task<AwardPorts> PortsAsync() => AwardPorts.OfTheTableAsync();
    }
}
