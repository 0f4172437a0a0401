using CertFunctions.Core.Directory;
using CertFunctions.Functions.Directory;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Fakes;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Directory;

public sealed class GroupFunctionsTests
{
    private readonly FakeUserStore users = new();
    private readonly Lists lists = new(new FakeCursorKeyStore());
    private readonly GroupService service;

    public GroupFunctionsTests() => service = new GroupService(new FakeGroupStore(), new FakeMemberStore(), users, TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_group_is_put_read_listed_and_deleted_and_its_versions_go_on()
    {
        Assert.Equal((201, 200), (await PutAsync("g-1", "Fire"), await PutAsync("g-1", "Water")));
        Assert.Equal("Water", (await GetAsync("g-1")).Json.GetProperty("name").GetString());
        var list = await TestAnswer.Of(await new ListGroups(service, lists).Run(TestRequest.Get("/api/groups"), Cancellation));
        Assert.Equal("g-1", list.Json.GetProperty("items")[0].GetProperty("id").GetString());

        Assert.Equal((204, 404), (await DeleteAsync("g-1"), await DeleteAsync("g-1")));
        Assert.Equal((404, "group_not_found"), ((await GetAsync("g-1")).Status, (await GetAsync("g-1")).Code));
        await PutAsync("g-1", "Again");
        Assert.Equal("\"3\"", (await GetAsync("g-1")).Headers.ETag);
    }

    [Fact]
    public async Task A_member_is_added_shown_and_removed_any_number_of_times()
    {
        users.Add(Sample.User("u-1"));
        await PutAsync("g-1", "Fire");
        Assert.Equal((404, "member_not_found"), await MemberAsync("GET", "g-1", "u-1"));
        Assert.Equal((204, null), await MemberAsync("PUT", "g-1", "u-1"));
        Assert.Equal((204, null), await MemberAsync("PUT", "g-1", "u-1"));
        Assert.Equal((200, null), await MemberAsync("GET", "g-1", "u-1"));
        Assert.Equal(1, (await GetAsync("g-1")).Json.GetProperty("members").GetInt32());
        var list = await TestAnswer.Of(await new ListGroupMembers(service, lists).Run(TestRequest.Get("/api/groups/g-1/members"), "g-1", Cancellation));
        Assert.Equal("u-1", Assert.Single(list.Json.GetProperty("items").EnumerateArray()).GetProperty("userId").GetString());
        Assert.Equal((204, null), await MemberAsync("DELETE", "g-1", "u-1"));
        Assert.Equal((204, null), await MemberAsync("DELETE", "g-1", "u-1"));
        Assert.Equal((404, "member_not_found"), await MemberAsync("GET", "g-1", "u-1"));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task An_unknown_group_or_user_is_404_and_a_bad_id_400(string method)
    {
        await PutAsync("g-1", "Fire");

        Assert.Equal((404, "group_not_found"), await MemberAsync(method, "none", "u-1"));
        Assert.Equal((404, "user_not_found"), await MemberAsync(method, "g-1", "none"));
        Assert.Equal((400, "invalid_request"), await MemberAsync(method, "g-1", "a/b"));
    }

    private async Task<int> PutAsync(string id, string name) => (await TestAnswer.Of(
        await new PutGroup(service).Run(TestRequest.Put("/api/groups/x", $$"""{"name":"{{name}}"}"""), id, Cancellation))).Status;

    private async Task<TestAnswer> GetAsync(string id) =>
        await TestAnswer.Of(await new GetGroup(service).Run(TestRequest.Get("/api/groups/x"), id, Cancellation));

    private async Task<int> DeleteAsync(string id) =>
        (await TestAnswer.Of(await new DeleteGroup(service).Run(TestRequest.Delete("/api/groups/x"), id, Cancellation))).Status;

    private async Task<(int Status, string? Code)> MemberAsync(string method, string group, string user)
    {
        var request = TestRequest.Of(method, "/api/groups/x/members/y", null);
        var answer = await TestAnswer.Of(await (method switch
        {
            "PUT" => new PutGroupMember(service).Run(request, group, user, Cancellation),
            "GET" => new GetGroupMember(service).Run(request, group, user, Cancellation),
            _ => new RemoveGroupMember(service).Run(request, group, user, Cancellation),
        }));
        return (answer.Status, answer.Status >= 400 ? answer.Code : null);
    }
}
