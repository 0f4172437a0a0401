using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Core.Tests.Awards;

public sealed class AwardListServiceTests
{
    private static readonly CertificationCode Code = CertificationCode.Parse("FIRE-1");
    private static readonly AwardFilter All = new(null, null, null);

    private readonly FakeTimeProvider time = new(AwardSamples.Now);
    private readonly FakeAwardStore awards = new();
    private readonly FakeGroupStore groups = new();
    private readonly FakeMemberStore members = new();
    private readonly FakeUserStore users = new();
    private readonly AwardListService service;

    public AwardListServiceTests()
    {
        var certifications = new FakeCertificationStore();
        certifications.Add(Sample.Certification("FIRE-1") with { RenewalWindowDays = 30 });
        service = new AwardListService(
            awards, awards, new CertificationCatalog(certifications, time), new MemberSourceRules(groups, new FakeBranchStore()), members, users,
            new OrganisationClock(time, TimeZoneInfo.Utc));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>One day after each of the last days of a status.</summary>
    [Theory]
    [InlineData(AwardStatus.Expired, "u-1")]
    [InlineData(AwardStatus.Expiring, "u-2 u-3")]
    [InlineData(AwardStatus.Valid, "u-4 u-5")]
    [InlineData(null, "u-1 u-2 u-3 u-4 u-5")]
    public async Task Lists_by_status_as_of_today(AwardStatus? status, string expected)
    {
        var today = AwardSamples.Today;
        await AwardAsync(("u-1", today.AddDays(-1)), ("u-2", today), ("u-3", today.AddDays(30)), ("u-4", today.AddDays(31)), ("u-5", null));

        Assert.Equal(expected, await ListAsync(All with { Status = status }));
        Assert.Equal(expected, await ReadAsync(All with { Status = status }));
    }

    /// <summary>Of the day that is asked for: on it the same awards stand otherwise than today.</summary>
    [Theory]
    [InlineData(AwardStatus.Expired, "u-1")]
    [InlineData(AwardStatus.Expiring, "u-2 u-3")]
    [InlineData(AwardStatus.Valid, "u-4 u-5")]
    [InlineData(null, "u-1 u-2 u-3 u-4 u-5")]
    public async Task Lists_by_status_as_of_a_day(AwardStatus? status, string expected)
    {
        var day = AwardSamples.Today.AddDays(400);
        await AwardAsync(("u-1", day.AddDays(-1)), ("u-2", day), ("u-3", day.AddDays(30)), ("u-4", day.AddDays(31)), ("u-5", null));

        Assert.Equal(expected, await ListAsync(All with { Status = status, AsOf = day }));
        Assert.Equal(expected, await ReadAsync(All with { Status = status, AsOf = day }));
        Assert.Equal("", await ListAsync(All with { Status = status, AsOf = AwardSamples.Today.AddDays(-1) }));
    }

    [Fact]
    public async Task A_search_implies_the_order_of_usernames()
    {
        await AwardAsync(("u-2", new DateOnly(2027, 1, 1)), ("u-1", new DateOnly(2028, 1, 1)));

        Assert.Equal("u-1 u-2", await ListAsync(All with { Search = "NAME-" }));
        Assert.Equal("u-2 u-1", await ListAsync(All));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(120)]
    public async Task Lists_only_those_who_belong_to_each_source_however_many_there_are(int holders)
    {
        groups.Add(Sample.Group("g-1"));
        groups.Add(Sample.Group("g-2"));
        var ids = Enumerable.Range(0, holders).Select(n => $"u-{n:d3}").ToList();
        await AwardAsync([.. ids.Select(id => (id, (DateOnly?)new DateOnly(2028, 1, 1)))]);
        members.Add(MemberSource.Group(Sample.Id("g-1")), ids.Select(Sample.Id));
        members.Add(MemberSource.Group(Sample.Id("g-2")), Sample.Id(ids[^1]), Sample.Id("stranger"));
        var both = All with { MemberOf = [MemberSource.Group(Sample.Id("g-1")), MemberSource.Group(Sample.Id("g-2"))] };

        Assert.Equal(ids[^1], await ReadAsync(both));
    }

    [Fact]
    public async Task What_a_filter_names_must_be_there()
    {
        var unknown = All with { MemberOf = [MemberSource.Group(Sample.Id("none"))] };

        Assert.Equal("group_not_found", (await service.ListAsync(Code, unknown, new PageRequest(50, null), Cancellation)).Code());
        Assert.Equal("group_not_found", (await service.ReadAsync(Code, unknown, Cancellation)).Code());
        Assert.Equal("certification_not_found", (await service.ReadAsync(CertificationCode.Parse("NONE"), All, Cancellation)).Code());
    }

    [Fact]
    public async Task Who_holds_nothing_has_an_empty_list_and_who_is_unknown_has_none()
    {
        users.Add(Sample.User("u-1"));

        Assert.Empty(Assert.IsType<Outcome<Page<ListedAward>>.Done>(await service.ListOfUserAsync(Sample.Id("u-1"), null, new PageRequest(50, null), Cancellation)).Value.Items);
        Assert.Equal("user_not_found", (await service.ListOfUserAsync(Sample.Id("u-2"), null, new PageRequest(50, null), Cancellation)).Code());
        Assert.Empty((await service.ListHeldByAsync(Sample.Id("u-2"), null, new PageRequest(50, null), Cancellation)).Items);
    }

    private async Task AwardAsync(params (string User, DateOnly? ExpiresOn)[] all)
    {
        foreach (var (user, expiresOn) in all)
        {
            Assert.True(await awards.TryWriteAsync(AwardSamples.WriteOf(AwardSamples.New(Code, Sample.Id(user), expiresOn)), Cancellation));
        }
    }

    private async Task<string> ListAsync(AwardFilter filter)
    {
        var outcome = await service.ListAsync(Code, filter, new PageRequest(200, null), Cancellation);
        return TextOf(Assert.IsType<Outcome<Page<ListedAward>>.Done>(outcome).Value.Items);
    }

    private async Task<string> ReadAsync(AwardFilter filter)
    {
        var outcome = await service.ReadAsync(Code, filter, Cancellation);
        return TextOf(await Assert.IsType<Outcome<IAsyncEnumerable<ListedAward>>.Done>(outcome).Value.ToListAsync(Cancellation));
    }

    private static string TextOf(IEnumerable<ListedAward> listed) => string.Join(' ', listed.Select(one => one.Award.UserId.Value));
}
