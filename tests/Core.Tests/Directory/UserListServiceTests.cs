using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;

namespace CertFunctions.Core.Tests.Directory;

public sealed class UserListServiceTests
{
    private static readonly LmsId Berlin = Sample.Id("berlin");

    private readonly FakeMemberStore members = new();
    private readonly UserListService service;

    public UserListServiceTests()
    {
        var (users, branches) = (new FakeUserStore(), new FakeBranchStore());
        branches.Add(Sample.Branch("berlin"));
        users.Add(
            Sample.User("u-1", "ada") with { BranchId = Berlin },
            Sample.User("u-2", "adam") with { BranchId = Berlin, Active = false },
            Sample.User("u-3", "adele", firstName: "Zoe"));
        members.Add(MemberSource.Branch(Berlin), Sample.Id("u-1"), Sample.Id("u-2"));
        service = new UserListService(users, members, new MemberSourceRules(new FakeGroupStore(), branches));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, false, null, "u-1 u-2 u-3")]
    [InlineData("ada", false, null, "u-1 u-2")]
    [InlineData(null, true, null, "u-1 u-2")]
    [InlineData(null, true, true, "u-1")]
    [InlineData("ad", true, false, "u-2")]
    [InlineData("adele", true, null, "")]
    public async Task Finds_whom_all_filters_let_pass(string? search, bool inBranch, bool? active, string expected) =>
        Assert.Equal(expected, await ListAsync(new UserFilter(search, inBranch ? Berlin : null, active)));

    /// <summary>Somebody who is about to move is a member for a moment without being one.</summary>
    [Fact]
    public async Task The_users_row_decides_who_is_in_a_branch()
    {
        members.Add(MemberSource.Branch(Berlin), Sample.Id("u-3"));

        Assert.Equal("u-1 u-2", await ListAsync(new UserFilter(Branch: Berlin)));
    }

    [Fact]
    public async Task A_branch_that_is_not_there_is_no_empty_list()
    {
        var outcome = await service.ListAsync(new UserFilter(Branch: Sample.Id("none")), new PageRequest(50, null), Cancellation);

        Assert.Equal("branch_not_found", Assert.IsType<Outcome<Page<User>>.Rejected>(outcome).Why.Code);
    }

    private async Task<string> ListAsync(UserFilter filter)
    {
        var outcome = await service.ListAsync(filter, new PageRequest(50, null), Cancellation);
        var page = Assert.IsType<Outcome<Page<User>>.Done>(outcome).Value;
        return string.Join(' ', page.Items.Select(user => user.Id.Value).Order(StringComparer.Ordinal));
    }
}
