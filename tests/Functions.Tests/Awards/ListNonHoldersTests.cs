using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Testing;

namespace CertFunctions.Functions.Tests.Awards;

public sealed class ListNonHoldersTests
{
    [Fact]
    public async Task Answers_users_as_the_directory_does()
    {
        var routes = await AwardRoutes.CreateAsync();

        Assert.Equal(
            """{"items":[{"userId":"u-1","username":"ada","firstName":"Ada","lastName":"Lovelace","email":null,"branchId":null,"active":true,"createdAt":"2026-11-24T12:00:00Z","updatedAt":"2026-11-24T12:00:00Z"}],"nextCursor":null}""",
            (await routes.ListNonHoldersAsync()).Body);

        await routes.AwardAsync("u-1", new DateOnly(2020, 1, 1));
        Assert.Equal("""{"items":[],"nextCursor":null}""", (await routes.ListNonHoldersAsync()).Body);
    }

    [Fact]
    public async Task Filters_by_group()
    {
        var routes = await AwardRoutes.CreateAsync();
        routes.Groups.Add(Sample.Group("g-1"));
        routes.Groups.Add(Sample.Group("g-2"));
        routes.Members.Add(MemberSource.Group(LmsId.Parse("g-1")), LmsId.Parse("u-1"));

        Assert.Single((await routes.ListNonHoldersAsync("?group=g-1")).Json.GetProperty("items").EnumerateArray());
        Assert.Empty((await routes.ListNonHoldersAsync("?group=g-2")).Json.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("?branch=b-404", "branch_not_found")]
    [InlineData("?group=g-404", "group_not_found")]
    [InlineData("?limit=0", "invalid_request")]
    [InlineData("?cursor=x", "invalid_cursor")]
    [InlineData("?active=true", "invalid_request")]
    public async Task Refuses_what_is_no_filter(string query, string code)
    {
        var answer = await (await AwardRoutes.CreateAsync()).ListNonHoldersAsync(query);

        Assert.Equal((400, code), (answer.Status, answer.Code));
    }
}
