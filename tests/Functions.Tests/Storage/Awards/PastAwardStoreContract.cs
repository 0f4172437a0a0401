using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Testing;

namespace CertFunctions.Functions.Tests.Storage.Awards;

/// <summary>What every store promises of the awards of a day that is past.</summary>
public abstract class PastAwardStoreContract
{
    /// <summary>The day on which everything is unassigned.</summary>
    private static readonly DateOnly Today = AwardSamples.Today;

    private readonly CertificationCode code = AwardSamples.NewCode();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<AwardPorts> PortsAsync();

    [Fact]
    public async Task Who_holds_it_no_more_held_it_until_the_day_before_the_end()
    {
        var ports = await PortsAsync();
        var held = await AwardAsync(ports, -10);
        await RevokeAsync(ports, held);

        Assert.Empty(await ListAsync(ports, Today.AddDays(-11)));
        Assert.Equal([held.Award], await ListAsync(ports, Today.AddDays(-10)));
        Assert.Equal([held.Award], await ListAsync(ports, Today.AddDays(-1)));
        Assert.Empty(await ListAsync(ports, Today));
        Assert.Empty(await ListAsync(ports, DateOnly.MaxValue));
    }

    [Fact]
    public async Task Who_began_since_is_not_shown_and_who_renewed_since_as_it_was()
    {
        var ports = await PortsAsync();
        await AwardAsync(ports, -1);
        var former = await AwardAsync(ports, -10);
        var renewed = await RenewAsync(ports, former, -1);

        Assert.Equal([former.Award], await ListAsync(ports, Today.AddDays(-2)));
        Assert.Contains(renewed.Award, await ListAsync(ports, Today.AddDays(-1)));
        Assert.Equal(2, (await ListAsync(ports, Today.AddDays(-1))).Count);
    }

    [Fact]
    public async Task Who_lost_it_and_has_it_again_is_shown_once_on_every_day()
    {
        var ports = await PortsAsync();
        var first = await AwardAsync(ports, -30);
        var lost = await RevokeAsync(ports, await RenewAsync(ports, first, -20));
        var again = await RenewAsync(ports, lost, 5, AwardChangeType.Awarded);

        Assert.Equal([first.Award], await ListAsync(ports, Today.AddDays(-21)));
        Assert.Equal([2], (await ListAsync(ports, Today.AddDays(-1))).Select(award => award.Version));
        Assert.Empty(await ListAsync(ports, Today.AddDays(4)));
        Assert.Equal([again.Award], await ListAsync(ports, Today.AddDays(5)));
    }

    [Fact]
    public async Task What_was_undone_never_was()
    {
        var ports = await PortsAsync();
        var awarded = await AwardAsync(ports, -10);
        var undone = await WriteAsync(ports, awarded, award => award with { Held = false, Restores = 0 });

        Assert.Empty(await ListAsync(ports, Today.AddDays(-5)));

        var redone = await WriteAsync(ports, undone, _ => awarded.Award with { Restores = 1 });
        Assert.Equal([redone.Award], await ListAsync(ports, Today.AddDays(-5)));
    }

    [Fact]
    public async Task A_walk_of_pages_of_any_size_meets_everyone_once()
    {
        var ports = await PortsAsync();
        List<LmsId> expected = [];
        foreach (var n in Enumerable.Range(0, 40))
        {
            var award = await AwardAsync(ports, -30 + (n % 3));
            _ = (n % 4) switch
            {
                0 => await RevokeAsync(ports, award),
                1 => await RenewAsync(ports, award, -2),
                2 => await AwardAsync(ports, -2),
                _ => award,
            };
            expected.Add(award.Award.UserId);
        }

        foreach (var limit in new[] { 1, 7, 30, 40, 41, 200 })
        {
            var found = await Walk.AllAsync(limit, page => ports.Past.ListAsync(ListOf(Today.AddDays(-10)), page, Cancellation));
            Assert.Equal(
                expected.Select(id => id.Value).Order(StringComparer.Ordinal), found.Select(held => held.Award.UserId.Value).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Finds_by_the_beginning_of_a_username_and_by_the_expiry_of_that_day()
    {
        var ports = await PortsAsync();
        foreach (var name in new[] { "Ada", "adam", "bob", "ad" })
        {
            var award = await AwardAsync(ports, -30, expiresOn: 100, name);
            _ = name.Length == 3 ? await RevokeAsync(ports, award) : await RenewAsync(ports, award, -2);
        }

        var list = ListOf(Today.AddDays(-10)) with { Search = "ADA" };
        Assert.Equal(["Ada", "adam"], (await FindAsync(ports, list)).Select(held => held.User.Username).Order(StringComparer.Ordinal));

        var expiries = ExpiryRange.All.Between(Today.AddDays(100), Today.AddDays(100));
        Assert.Equal(4, (await FindAsync(ports, ListOf(Today.AddDays(-10)) with { Expiries = expiries })).Count);
        Assert.Equal(2, (await FindAsync(ports, ListOf(Today.AddDays(-1)) with { Expiries = expiries })).Count);
    }

    [Fact]
    public async Task Shows_people_under_their_present_names()
    {
        var ports = await PortsAsync();
        var award = await AwardAsync(ports, -30);
        await RevokeAsync(ports, award);
        var userId = award.Award.UserId;
        ports.Users.Add(Sample.User(userId.Value, "anna", "Anna", "Arendt"));

        await ports.Projection.ShowAsync(Shard.Of(userId), [userId], Cancellation);

        Assert.Equal("anna", Assert.Single(await FindAsync(ports, ListOf(Today.AddDays(-10)))).User.Username);
    }

    [Fact]
    public async Task A_user_held_certifications_in_the_order_of_codes()
    {
        var ports = await PortsAsync();
        var userId = AwardSamples.NewUserId();
        foreach (var n in Enumerable.Range(0, 8))
        {
            var award = await AwardAsync(ports, AwardSamples.New(CertificationCode.Parse($"{code}{n}"), userId) with { IssuedOn = Today.AddDays(-20 + (10 * (n / 4))) });
            _ = (n % 4) switch { 0 => await RevokeAsync(ports, award), 1 => await RenewAsync(ports, award, -5), _ => award };
        }

        var pages = await Walk.AllAsync(3, page => ports.Past.ListOfUserAsync(userId, Today.AddDays(-15), page, Cancellation));
        Assert.Equal([("0", 1), ("1", 1), ("2", 1), ("3", 1)], pages.Select(held => (held.Award.CertificationCode.Value[code.Value.Length..], held.Award.Version)));
        Assert.Equal(8, (await ports.Past.ListOfUserAsync(userId, Today.AddDays(-1), new PageRequest(50, null), Cancellation)).Items.Count);
        Assert.Equal(6, (await ports.Past.ListOfUserAsync(userId, Today, new PageRequest(50, null), Cancellation)).Items.Count);
    }

    private PastHolderList ListOf(DateOnly day) => new(code, day, ExpiryRange.All);

    private async Task<IReadOnlyList<Award>> ListAsync(AwardPorts ports, DateOnly day) => [.. (await FindAsync(ports, ListOf(day))).Select(held => held.Award)];

    private static async Task<IReadOnlyList<HeldAward>> FindAsync(AwardPorts ports, PastHolderList list)
    {
        var page = await ports.Past.ListAsync(list, new PageRequest(50, null), Cancellation);
        Assert.Null(page.Next);
        return page.Items;
    }

    /// <param name="issuedOn">In days from today.</param>
    private Task<StoredAward> AwardAsync(AwardPorts ports, int issuedOn, int expiresOn = 1_000, string? username = null) => AwardAsync(
        ports, AwardSamples.New(code, AwardSamples.NewUserId(), Today.AddDays(expiresOn)) with { IssuedOn = Today.AddDays(issuedOn) }, username);

    private static async Task<StoredAward> AwardAsync(AwardPorts ports, Award award, string? username = null)
    {
        var name = AwardSamples.ShownOf(award.UserId);
        Assert.True(await ports.Store.TryWriteAsync(AwardSamples.WriteOf(award, username is null ? name : name with { Username = username }), Cancellation));
        return await FindAsync(ports, award);
    }

    private static async Task<StoredAward> RevokeAsync(AwardPorts ports, StoredAward before)
    {
        Assert.True(await ports.Store.TryWriteAsync(AwardSamples.Revocation(before), Cancellation));
        return await FindAsync(ports, before.Award);
    }

    private static Task<StoredAward> RenewAsync(AwardPorts ports, StoredAward before, int issuedOn, AwardChangeType change = AwardChangeType.Renewed) => WriteAsync(
        ports, before, award => award with { Held = true, EndedOn = null, IssuedOn = Today.AddDays(issuedOn), ExpiresOn = Today.AddDays(2_000) }, change);

    private static async Task<StoredAward> WriteAsync(
        AwardPorts ports, StoredAward before, Func<Award, Award> change, AwardChangeType type = AwardChangeType.Restored)
    {
        var after = change(before.Award) with { Version = before.Award.Version + 1, Change = AwardSamples.Provenance.Change(type, null) };
        Assert.True(await ports.Store.TryWriteAsync(new AwardWrite(after.UserId, before.User, before, after), Cancellation));
        return await FindAsync(ports, after);
    }

    private static async Task<StoredAward> FindAsync(AwardPorts ports, Award award) =>
        (await ports.Store.FindAsync(award.CertificationCode, award.UserId, Cancellation))!;

    public sealed class OfTheFake : PastAwardStoreContract
    {
        protected override Task<AwardPorts> PortsAsync() => Task.FromResult(AwardPorts.OfTheFake());
    }

    public sealed class OfTheTable : PastAwardStoreContract
    {
        protected override Task<AwardPorts> PortsAsync() => AwardPorts.OfTheTableAsync();
    }
}
