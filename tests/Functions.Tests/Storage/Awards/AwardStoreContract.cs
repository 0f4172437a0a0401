using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Testing;
using CsCheck;

namespace CertFunctions.Functions.Tests.Storage.Awards;

/// <summary>What every store of awards promises of single awards, of their views and of their counts.</summary>
public abstract class AwardStoreContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly CertificationCode code = AwardSamples.NewCode();
    private readonly LmsId userId = AwardSamples.NewUserId();

    protected abstract Task<AwardPorts> PortsAsync();

    [Fact]
    public async Task A_new_award_stands_in_every_view()
    {
        var ports = await PortsAsync();
        var award = AwardSamples.New(code, userId, new DateOnly(2028, 2, 29)) with
        {
            Association = new Association(AssociationType.Completion, ActivityType.Course, LmsId.Parse("C-101"), "Fire"),
            Change = AwardSamples.Provenance.Change(AwardChangeType.Awarded, "because") with { Origin = new Origin(File: "a.csv", Line: 7) },
        };

        Assert.True(await ports.Store.TryWriteAsync(AwardSamples.WriteOf(award), Cancellation));

        var held = new HeldAward(award, AwardSamples.ShownOf(userId));
        Assert.Equal(award, (await ports.Store.FindAsync(code, userId, Cancellation))?.Award);
        Assert.Equal([held], (await ListAsync(ports, AwardSort.ExpiresOn)).Items);
        Assert.Equal([held], (await ListAsync(ports, AwardSort.Username)).Items);
        Assert.Equal([held], (await ports.Lists.ListOfUserAsync(userId, new PageRequest(50, null), Cancellation)).Items);
        Assert.Equal(1, await CountAsync(ports));
    }

    [Fact]
    public async Task A_second_new_award_of_the_same_user_is_refused()
    {
        var ports = await PortsAsync();
        var write = AwardSamples.WriteOf(AwardSamples.New(code, userId));

        Assert.True(await ports.Store.TryWriteAsync(write, Cancellation));
        Assert.False(await ports.Store.TryWriteAsync(write, Cancellation));
        Assert.Equal(1, await CountAsync(ports));
    }

    [Fact]
    public async Task A_renewal_moves_the_award_and_keeps_the_former_version()
    {
        var ports = await PortsAsync();
        var first = await AwardAsync(ports, AwardSamples.New(code, userId, new DateOnly(2027, 1, 1)));

        Assert.True(await ports.Store.TryWriteAsync(AwardSamples.Renewal(first, new DateOnly(2030, 1, 1)), Cancellation));

        var second = await ports.Store.FindAsync(code, userId, Cancellation);
        Assert.Equal(2, second?.Award.Version);
        Assert.Equal([second!.Award], (await ListAsync(ports, AwardSort.ExpiresOn)).Items.Select(held => held.Award));
        Assert.Equal([second.Award], (await ListAsync(ports, AwardSort.Username)).Items.Select(held => held.Award));
        Assert.Equal([second.Award, first.Award], await VersionsAsync(ports));
        Assert.Equal(1, await CountAsync(ports));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    public async Task Finds_the_superseded_versions_of_many_and_no_other(int users)
    {
        var (ports, shard) = (await PortsAsync(), Shard.Numbered(6));
        var wanted = new Dictionary<AwardVersion, Award>();
        foreach (var id in AwardSamples.UsersOf(shard, users))
        {
            var first = await AwardAsync(ports, AwardSamples.New(code, id, new DateOnly(2027, 1, 1)));
            wanted.Add(new AwardVersion(id, code, 1), first.Award);
            await ports.Store.TryWriteAsync(AwardSamples.Renewal(first, new DateOnly(2030, 1, 1)), Cancellation);
            var second = await ports.Store.FindAsync(code, id, Cancellation);
            await ports.Store.TryWriteAsync(AwardSamples.Renewal(second!, new DateOnly(2031, 1, 1)), Cancellation);
        }

        // The third is the latest, and the fourth is none.
        var asked = wanted.Keys.SelectMany(key => new[] { key, key with { Version = 3 }, key with { Version = 4 } });
        var found = await ports.Store.FindSupersededAsync(shard, [.. asked], Cancellation);

        Assert.Equal(wanted, found);
    }

    [Fact]
    public async Task A_stale_write_is_refused_and_changes_nothing()
    {
        var ports = await PortsAsync();
        var first = await AwardAsync(ports, AwardSamples.New(code, userId, new DateOnly(2027, 1, 1)));
        await ports.Store.TryWriteAsync(AwardSamples.Renewal(first, new DateOnly(2030, 1, 1)), Cancellation);

        Assert.False(await ports.Store.TryWriteAsync(AwardSamples.Revocation(first), Cancellation));
        Assert.Equal(1, await CountAsync(ports));
        Assert.Equal(2, (await VersionsAsync(ports)).Count);
    }

    [Fact]
    public async Task An_unassigned_award_leaves_lists_and_count_but_not_history()
    {
        var ports = await PortsAsync();
        var first = await AwardAsync(ports, AwardSamples.New(code, userId, new DateOnly(2027, 1, 1)));

        Assert.True(await ports.Store.TryWriteAsync(AwardSamples.Revocation(first), Cancellation));

        Assert.Empty((await ListAsync(ports, AwardSort.ExpiresOn)).Items);
        Assert.Empty((await ListAsync(ports, AwardSort.Username)).Items);
        Assert.Empty((await ports.Lists.ListOfUserAsync(userId, new PageRequest(50, null), Cancellation)).Items);
        Assert.Equal(0, await CountAsync(ports));
        Assert.Equal([AwardChangeType.Revoked, AwardChangeType.Awarded], (await VersionsAsync(ports)).Select(v => v.Change.Type));
    }

    [Fact]
    public async Task Versions_go_on_when_an_unassigned_award_is_made_again()
    {
        var ports = await PortsAsync();
        var first = await AwardAsync(ports, AwardSamples.New(code, userId));
        await ports.Store.TryWriteAsync(AwardSamples.Revocation(first), Cancellation);
        var tombstone = await ports.Store.FindAsync(code, userId, Cancellation);

        Assert.True(await ports.Store.TryWriteAsync(AwardSamples.Renewal(tombstone!, null), Cancellation));

        Assert.Equal([3, 2, 1], (await VersionsAsync(ports)).Select(version => version.Version));
        Assert.Single((await ListAsync(ports, AwardSort.ExpiresOn)).Items);
        Assert.Equal(1, await CountAsync(ports));
    }

    [Fact]
    public async Task History_comes_page_by_page_newest_first()
    {
        var ports = await PortsAsync();
        await AwardAsync(ports, AwardSamples.New(code, userId));
        for (var version = 2; version <= 5; version++)
        {
            var before = await ports.Store.FindAsync(code, userId, Cancellation);
            Assert.True(await ports.Store.TryWriteAsync(AwardSamples.Renewal(before!, new DateOnly(2027, version, 1)), Cancellation));
        }

        var latest = (await ports.Store.FindAsync(code, userId, Cancellation))!.Award;
        var pages = await Walk.PagesAsync(page => ports.Lists.ListVersionsAsync(latest, page, Cancellation), limit: 2);
        Assert.Equal([[5, 4], [3, 2], [1]], pages.Select(page => page.Select(version => version.Version)));
    }

    [Fact]
    public async Task Lists_in_the_order_of_expiry_with_always_valid_last()
    {
        var ports = await PortsAsync();
        DateOnly?[] expiries = [null, new(9999, 12, 31), new(2027, 1, 1), new(1900, 1, 1), new(2026, 12, 31)];
        await AwardAllAsync(ports, expiries);

        var pages = await Walk.PagesAsync(
            page => ports.Lists.ListAsync(new HolderList(code, ExpiryRange.All, AwardSort.ExpiresOn), page, Cancellation), limit: 2);

        Assert.Equal(
            [new(1900, 1, 1), new(2026, 12, 31), new(2027, 1, 1), new(9999, 12, 31), null],
            pages.SelectMany(page => page).Select(held => held.Award.ExpiresOn));
    }

    [Fact]
    public async Task Lists_in_the_order_of_usernames_whatever_their_case()
    {
        var ports = await PortsAsync();
        string[] names = ["bob", "Ada", "ada.b", "Çelik", "zoë", "a d"];
        foreach (var name in names)
        {
            await AwardAsync(ports, AwardSamples.New(code, AwardSamples.NewUserId()), name);
        }

        var all = await ListAsync(ports, AwardSort.Username);
        Assert.Equal(["a d", "Ada", "ada.b", "bob", "zoë", "Çelik"], all.Items.Select(held => held.User.Username));
    }

    [Fact]
    public async Task Finds_by_the_beginning_of_a_username()
    {
        var ports = await PortsAsync();
        foreach (var name in new[] { "Ada", "adam", "ad", "bada", "ada b" })
        {
            await AwardAsync(ports, AwardSamples.New(code, AwardSamples.NewUserId()), name);
        }

        var pages = await Walk.PagesAsync(
            page => ports.Lists.ListAsync(new HolderList(code, ExpiryRange.All, AwardSort.Username, "ADA"), page, Cancellation), limit: 2);
        Assert.Equal(["Ada", "ada b", "adam"], pages.SelectMany(page => page).Select(held => held.User.Username));
    }

    [Theory]
    [InlineData(AwardSort.ExpiresOn)]
    [InlineData(AwardSort.Username)]
    public async Task Lists_what_lies_in_a_range_of_expiries_both_ends_included(AwardSort sort)
    {
        var ports = await PortsAsync();
        await AwardAllAsync(ports, [new(2026, 1, 1), new(2026, 1, 2), new(2026, 1, 3), new(2026, 1, 4), null]);
        var range = ExpiryRange.All.Between(new DateOnly(2026, 1, 2), new DateOnly(2026, 1, 3));

        var pages = await Walk.PagesAsync(page => ports.Lists.ListAsync(new HolderList(code, range, sort), page, Cancellation), limit: 1);
        Assert.Equal([new(2026, 1, 2), new(2026, 1, 3)], pages.SelectMany(page => page).Select(held => held.Award.ExpiresOn).Order());
    }

    [Fact]
    public async Task Lists_always_valid_alone_where_no_day_is_left()
    {
        var ports = await PortsAsync();
        await AwardAllAsync(ports, [new(9999, 12, 31), null]);
        var range = ExpiryRange.Of(AwardStatus.Valid, new DateOnly(9999, 12, 31), 30);

        var page = await ports.Lists.ListAsync(new HolderList(code, range, AwardSort.ExpiresOn), new PageRequest(50, null), Cancellation);
        Assert.Null(Assert.Single(page.Items).Award.ExpiresOn);
    }

    [Fact]
    public async Task A_walk_meets_each_award_once_and_ends_with_a_null_place()
    {
        var ports = await PortsAsync();
        await AwardAllAsync(ports, Enumerable.Range(0, 45).Select(n => (DateOnly?)new DateOnly(2026, 1, 1).AddDays(n % 7)));

        foreach (var limit in new[] { 1, 15, 44, 45, 46 })
        {
            var pages = await Walk.PagesAsync(
                page => ports.Lists.ListAsync(new HolderList(code, ExpiryRange.All, AwardSort.ExpiresOn), page, Cancellation), limit);
            Assert.Equal(45, pages.SelectMany(page => page).DistinctBy(held => held.Award.UserId).Count());
            Assert.Equal((45 + limit - 1) / limit, pages.Count);
        }
    }

    [Fact]
    public async Task Reads_a_whole_list_in_order()
    {
        var ports = await PortsAsync();
        await AwardAllAsync(ports, Enumerable.Range(0, 30).Select(n => (DateOnly?)new DateOnly(2026, 1, 1).AddDays(n % 7)));

        var all = await ports.Lists.ReadAsync(new HolderList(code, ExpiryRange.All, AwardSort.ExpiresOn), Cancellation).ToListAsync(Cancellation);
        Assert.Equal(30, all.Count);
        Assert.Equal(all.Select(held => held.Award.ExpiresOn).Order(), all.Select(held => held.Award.ExpiresOn));
    }

    [Fact]
    public async Task A_list_of_nobody_is_empty_and_ends()
    {
        var page = await ListAsync(await PortsAsync(), AwardSort.ExpiresOn);

        Assert.Empty(page.Items);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task A_user_holds_certifications_in_the_order_of_codes()
    {
        var ports = await PortsAsync();
        var codes = Enumerable.Range(0, 5).Select(n => CertificationCode.Parse($"{code}{4 - n}")).ToList();
        foreach (var one in codes)
        {
            await AwardAsync(ports, AwardSamples.New(one, userId));
        }

        await ports.Store.TryWriteAsync(
            AwardSamples.Revocation((await ports.Store.FindAsync(codes[2], userId, Cancellation))!), Cancellation);
        var pages = await Walk.PagesAsync(page => ports.Lists.ListOfUserAsync(userId, page, Cancellation), limit: 2);
        Assert.Equal([$"{code}0", $"{code}1", $"{code}3", $"{code}4"], pages.SelectMany(page => page).Select(held => held.Award.CertificationCode.Value));
        var ended = Assert.Single((await ports.Lists.ListEndedOfUserAsync(userId, new PageRequest(50, null), Cancellation)).Items).Award;
        Assert.Equal((codes[2], false, "left"), (ended.CertificationCode, ended.Held, ended.Change.Reason));
    }

    [Fact]
    public async Task Counts_only_the_certifications_that_are_asked_for()
    {
        var ports = await PortsAsync();
        var (first, between, last) = (CertificationCode.Parse($"{code}a"), CertificationCode.Parse($"{code}b"), CertificationCode.Parse($"{code}c"));
        foreach (var one in new[] { first, first, between, last })
        {
            await AwardAsync(ports, AwardSamples.New(one, AwardSamples.NewUserId()));
        }

        var counts = await ports.Counts.CountHoldersAsync([last, first, code], Cancellation);
        Assert.Equal([(first, 2), (last, 1), (code, 0)], counts.OrderByDescending(c => c.Value).Select(c => (c.Key, c.Value)));
    }

    /// <summary>New, renewed, without an end, unassigned, awarded again: whatever comes of a few users, one after the other or at once.</summary>
    [Fact]
    public async Task Counts_by_month_are_those_of_the_list_whatever_is_written()
    {
        var ports = await PortsAsync();
        var other = CertificationCode.Parse($"{code}x");
        await AwardAsync(ports, AwardSamples.New(other, userId, new DateOnly(2030, 1, 1)));
        List<LmsId> ids = [.. Enumerable.Range(0, 3).Select(_ => AwardSamples.NewUserId())];
        var changes = Gen.Select(Gen.Int[0, ids.Count - 1], Gen.Bool, Gen.Int[0, 90]).List[1, 6];
        await changes.SampleAsync(
            async some =>
            {
                await Task.WhenAll(some.Select(change => ChangeAsync(ports, ids[change.Item1], change.Item2, change.Item3)));
                var listed = (await ListAsync(ports, AwardSort.ExpiresOn)).Items.Select(held => held.Award.ExpiresOn).ToList();
                var counts = await ports.Expiries.CountAsync(code, Cancellation);
                Assert.Equal(listed.Count, counts.Held);
                Assert.Equal(
                    listed.OfType<DateOnly>().CountBy(Forecast.MonthOf).Select(month => (month.Key, (long)month.Value)).Order(),
                    counts.Months.Select(month => (month.Key, month.Value)).Order());
                Assert.Equal(await CountAsync(ports), counts.Held);
            },
            iter: 15,
            threads: 1);
    }

    /// <summary>Other tests use the same table: what all together count only grows by what is added here.</summary>
    [Fact]
    public async Task Counts_of_all_certifications_include_each()
    {
        var ports = await PortsAsync();
        var month = new DateOnly(9990 + Random.Shared.Next(9), Random.Shared.Next(1, 13), 1);
        var before = (await ports.Expiries.CountAsync(null, Cancellation)).Months.GetValueOrDefault(month);

        foreach (var one in new[] { code, CertificationCode.Parse($"{code}x") })
        {
            await AwardAsync(ports, AwardSamples.New(one, userId, month.AddDays(2)));
        }

        var all = await ports.Expiries.CountAsync(null, Cancellation);
        Assert.True(all.Months[month] >= before + 2, $"{before}, then {all.Months[month]}");
        Assert.True(all.Held >= 2);
    }

    [Fact]
    public async Task A_user_who_is_renamed_and_deactivated_shows_so_in_every_view_and_it_is_no_new_version()
    {
        var ports = await PortsAsync();
        var other = CertificationCode.Parse($"{code}x");
        await AwardAsync(ports, AwardSamples.New(code, userId, new DateOnly(2027, 1, 1)), "zoe");
        await AwardAsync(ports, AwardSamples.New(other, userId), "zoe");
        var anna = new ShownUser("Anna", "Anna", "Arendt", Active: false);

        await ShowAsync(ports, anna);
        await ShowAsync(ports, anna);

        foreach (var sort in Enum.GetValues<AwardSort>())
        {
            Assert.Equal([anna], (await ListAsync(ports, sort)).Items.Select(held => held.User));
        }

        Assert.Equal([anna, anna], (await ports.Lists.ListOfUserAsync(userId, new PageRequest(50, null), Cancellation)).Items.Select(held => held.User));
        Assert.Equal([1], (await VersionsAsync(ports)).Select(version => version.Version));
        Assert.Equal(1, await CountAsync(ports));
        var found = await ports.Lists.ListAsync(
            new HolderList(code, ExpiryRange.All, AwardSort.Username, "zoe"), new PageRequest(50, null), Cancellation);
        Assert.Empty(found.Items);
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(TableAwardProjection.UsersAtOnce, 1)]
    [InlineData(TableAwardProjection.UsersAtOnce + 1, 1)]
    public async Task Renames_of_many_reach_all_their_awards_and_no_others(int count, int each)
    {
        var ports = await PortsAsync();
        var prefix = userId.Value;
        List<LmsId> ids = [.. Enumerable.Range(0, 100 * count).Select(n => LmsId.Parse($"{prefix}-{n}")).Where(id => Shard.Of(id).Number == 3).Take(count + 1).Order(ShardOrder.Instance)];
        var codes = Enumerable.Range(0, each).Select(n => CertificationCode.Parse($"{code}-{n}")).ToList();
        foreach (var id in ids)
        {
            await Task.WhenAll(codes.Select(one => AwardAsync(ports, AwardSamples.New(one, id), "old")));
            ports.Users.Add(Sample.User(id.Value, $"new-{id}"));
        }

        await ports.Projection.ShowAsync(Shard.Numbered(3), ids[1..], Cancellation);

        foreach (var one in codes)
        {
            var listed = await Walk.AllAsync(100, page => ports.Lists.ListAsync(new HolderList(one, ExpiryRange.All, AwardSort.Username, null), page, Cancellation));
            Assert.Equal(
                ids.Select((id, i) => (id, i == 0 ? "old" : $"new-{id}")).ToHashSet(),
                listed.Select(held => (held.Award.UserId, held.User.Username)).ToHashSet());
        }
    }

    [Fact]
    public async Task A_write_on_an_award_whose_user_is_shown_otherwise_meanwhile_is_refused()
    {
        var ports = await PortsAsync();
        var first = await AwardAsync(ports, AwardSamples.New(code, userId));

        await ShowAsync(ports, AwardSamples.ShownOf(userId) with { Active = false });

        Assert.False(await ports.Store.TryWriteAsync(AwardSamples.Revocation(first), Cancellation));
    }

    /// <summary>Pages come short, but none is left out and none comes twice.</summary>
    [Theory]
    [InlineData(AwardSort.ExpiresOn)]
    [InlineData(AwardSort.Username)]
    public async Task Lists_those_who_are_active_or_those_who_are_not(AwardSort sort)
    {
        var ports = await PortsAsync();
        List<LmsId> ids = [.. Enumerable.Range(0, 12).Select(_ => AwardSamples.NewUserId())];
        await Task.WhenAll(ids.Select((id, index) => ports.Store.TryWriteAsync(
            AwardSamples.WriteOf(AwardSamples.New(code, id), AwardSamples.ShownOf(id) with { Active = index % 4 > 0 }), Cancellation)));

        Assert.Equal(ids.Where((_, index) => index % 4 > 0).ToHashSet(), await FindAsync(active: true));
        Assert.Equal(ids.Where((_, index) => index % 4 == 0).ToHashSet(), await FindAsync(active: false));

        async Task<HashSet<LmsId>> FindAsync(bool active)
        {
            var list = new HolderList(code, ExpiryRange.All, sort) { Active = active };
            var walked = await Walk.AllAsync(2, page => ports.Lists.ListAsync(list, page, Cancellation));
            var read = await ports.Lists.ReadAsync(list, Cancellation).ToListAsync(Cancellation);
            Assert.Equal(walked.Select(held => held.Award.UserId), read.Select(held => held.Award.UserId));
            return [.. walked.Select(held => held.Award.UserId)];
        }
    }

    [Fact]
    public async Task Writers_of_many_users_at_once_lose_no_count()
    {
        var ports = await PortsAsync();

        await AwardAllAsync(ports, Enumerable.Repeat<DateOnly?>(new DateOnly(2027, 1, 1), 40));

        Assert.Equal(40, await CountAsync(ports));
    }

    private async Task AwardAllAsync(AwardPorts ports, IEnumerable<DateOnly?> expiries) =>
        await Task.WhenAll(expiries.Select(expiry => AwardAsync(ports, AwardSamples.New(code, AwardSamples.NewUserId(), expiry))));

    private static async Task<StoredAward> AwardAsync(AwardPorts ports, Award award, string? username = null)
    {
        var name = username is null ? AwardSamples.ShownOf(award.UserId) : new ShownUser(username, "Ada", "Lovelace", Active: true);
        Assert.True(await ports.Store.TryWriteAsync(AwardSamples.WriteOf(award, name), Cancellation));
        return (await ports.Store.FindAsync(award.CertificationCode, award.UserId, Cancellation))!;
    }

    /// <summary>Until it is stored: others change the same award at once.</summary>
    /// <param name="days">0: for ever.</param>
    private async Task ChangeAsync(AwardPorts ports, LmsId id, bool isHeld, int days)
    {
        DateOnly? expiresOn = days == 0 ? null : AwardSamples.Today.AddDays(days);
        var isStored = false;
        while (!isStored)
        {
            var before = await ports.Store.FindAsync(code, id, Cancellation);
            isStored = (before, isHeld) switch
            {
                (null, _) => await ports.Store.TryWriteAsync(AwardSamples.WriteOf(AwardSamples.New(code, id, expiresOn)), Cancellation),
                (_, true) => await ports.Store.TryWriteAsync(AwardSamples.Renewal(before, expiresOn), Cancellation),
                ({ Award.Held: true }, false) => await ports.Store.TryWriteAsync(AwardSamples.Revocation(before), Cancellation),
                _ => true,
            };
        }
    }

    private Task<Page<HeldAward>> ListAsync(AwardPorts ports, AwardSort sort) =>
        ports.Lists.ListAsync(new HolderList(code, ExpiryRange.All, sort), new PageRequest(50, null), Cancellation);

    private Task ShowAsync(AwardPorts ports, ShownUser user)
    {
        ports.Users.Add(Sample.User(userId.Value, user.Username, user.FirstName, user.LastName) with { Active = user.Active });
        return ports.Projection.ShowAsync(Shard.Of(userId), [userId], Cancellation);
    }

    private async Task<int> CountAsync(AwardPorts ports) => (await ports.Counts.CountHoldersAsync([code], Cancellation))[code];

    private async Task<IReadOnlyList<Award>> VersionsAsync(AwardPorts ports)
    {
        var latest = await ports.Store.FindAsync(code, userId, Cancellation);
        return (await ports.Lists.ListVersionsAsync(latest!.Award, new PageRequest(50, null), Cancellation)).Items;
    }

    public sealed class OfTheFake : AwardStoreContract
    {
        protected override Task<AwardPorts> PortsAsync() => Task.FromResult(AwardPorts.OfTheFake());
    }

    public sealed class OfTheTable : AwardStoreContract
    {
        protected override Task<AwardPorts> PortsAsync() => AwardPorts.OfTheTableAsync();
    }
}
