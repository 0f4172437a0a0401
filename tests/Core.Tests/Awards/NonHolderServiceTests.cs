using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;

namespace CertFunctions.Core.Tests.Awards;

public sealed class NonHolderServiceTests
{
    private static readonly CertificationCode Code = CertificationCode.Parse("FIRE-1");
    private static readonly LmsId Branch = Sample.Id("north");
    private static readonly LmsId Group = Sample.Id("wardens");

    private readonly FakeUserStore users = new();
    private readonly FakeMemberStore members;
    private readonly FakeGroupStore groups = new();
    private readonly FakeBranchStore branches = new();
    private readonly FakeAwardStore awards = new();
    private readonly NonHolderService service;

    public NonHolderServiceTests()
    {
        members = new FakeMemberStore(users);
        groups.Add(Sample.Group(Group.Value));
        branches.Add(Sample.Branch(Branch.Value));
        var certifications = new FakeCertificationStore();
        certifications.Add(Sample.Certification("FIRE-1"));
        service = new NonHolderService(
            awards, new CertificationCatalog(certifications, TimeProvider.System), new MemberSourceRules(groups, branches), members, users);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_active_users_who_never_had_it_or_have_it_no_more()
    {
        users.Add(Sample.User("never"), Sample.User("valid"), Sample.User("expired"), Sample.User("unassigned"), Sample.User("gone") with { Active = false });
        await AwardAsync("valid");
        await AwardAsync("expired", AwardSamples.Today.AddDays(-1));
        var stored = await AwardAsync("unassigned");
        await awards.TryWriteAsync(AwardSamples.Revocation(stored), Cancellation);

        Assert.Equal(["never", "unassigned"], (await ListAsync()).Order(StringComparer.Ordinal));
    }

    /// <summary>Of several shards, with parts that are full; a third hold it, a fifth are deactivated, some of the group do not exist.</summary>
    [Theory]
    [InlineData(false, false, 1)]
    [InlineData(false, false, 50)]
    [InlineData(false, false, Limits.PageSize)]
    [InlineData(true, false, 7)]
    [InlineData(false, true, 7)]
    [InlineData(true, true, 7)]
    public async Task A_walk_finds_each_of_them_once_whatever_the_filter(bool ofBranch, bool ofGroup, int limit)
    {
        var all = Enumerable.Range(0, 400).Select(n => Sample.User($"u-{n}") with { Active = n % 5 > 0, BranchId = n % 2 == 0 ? Branch : null }).ToList();
        users.Add([.. all]);
        members.Add(MemberSource.Group(Group), [.. all.Where((_, n) => n % 4 != 1).Select(user => user.Id), Sample.Id("stranger")]);
        foreach (var user in all.Where((_, n) => n % 3 == 0))
        {
            await AwardAsync(user.Id.Value);
        }

        var expected = all.Where((user, n) => user.Active && n % 3 > 0 && (!ofBranch || user.BranchId == Branch) && (!ofGroup || n % 4 != 1))
            .Select(user => user.Id).Order(ShardOrder.Instance);
        Assert.Equal(expected.Select(id => id.Value), await ListAsync(ofBranch ? Branch : null, ofGroup ? Group : null, limit));
    }

    [Fact]
    public async Task A_page_looks_at_so_many_parts_and_ends_short()
    {
        var shard = Shard.Numbered(3);
        var ids = AwardSamples.UsersOf(shard, (NonHolderService.UsersAtOnce * NonHolderService.PartsPerPage) + 1);
        users.Add([.. ids.Select(id => Sample.User(id.Value))]);
        foreach (var id in ids.SkipLast(1))
        {
            await AwardAsync(id.Value);
        }

        var first = await PageAsync(null, null, new PageRequest(50, null));
        Assert.Empty(first.Items);
        Assert.Equal(ids[^2].Value, first.Next);
        var second = await PageAsync(null, null, new PageRequest(50, first.Next));
        Assert.Equal((ids[^1], null), (Assert.Single(second.Items).Id, second.Next));
    }

    [Theory]
    [InlineData("NOPE", null, null, "certification_not_found")]
    [InlineData("FIRE-1", "south", null, "branch_not_found")]
    [InlineData("FIRE-1", null, "drivers", "group_not_found")]
    public async Task Refuses_what_nobody_knows(string code, string? branch, string? group, string refused)
    {
        var outcome = await service.ListAsync(
            CertificationCode.Parse(code), branch is null ? null : Sample.Id(branch), group is null ? null : Sample.Id(group), new PageRequest(50, null), Cancellation);

        Assert.Equal(refused, Assert.IsType<Outcome<Page<User>>.Rejected>(outcome).Why.Code);
    }

    private async Task<StoredAward> AwardAsync(string userId, DateOnly? expiresOn = null)
    {
        await awards.TryWriteAsync(AwardSamples.WriteOf(AwardSamples.New(Code, Sample.Id(userId), expiresOn)), Cancellation);
        return (await awards.FindAsync(Code, Sample.Id(userId), Cancellation))!;
    }

    private async Task<IEnumerable<string>> ListAsync(LmsId? branch = null, LmsId? group = null, int limit = 50) =>
        (await Walk.AllAsync(limit, page => PageAsync(branch, group, page))).Select(user => user.Id.Value);

    private async Task<Page<User>> PageAsync(LmsId? branch, LmsId? group, PageRequest page) =>
        Assert.IsType<Outcome<Page<User>>.Done>(await service.ListAsync(Code, branch, group, page, Cancellation)).Value;
}
