using System.Text.Json;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Directory;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Fakes;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Directory;

public sealed class BranchFunctionsTests
{
    private readonly FakeMemberStore members = new();
    private readonly Lists lists = new(new FakeCursorKeyStore());
    private readonly FakeBranchStore branches = new();
    private readonly BranchService service;

    public BranchFunctionsTests() => service = new BranchService(branches, new BranchGates(new FakeBranchGateStore(), branches), members, TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_branch_is_put_read_listed_moved_and_deleted()
    {
        Assert.Equal((201, 201, 201), ((await PutAsync("a")).Status, (await PutAsync("b", "a")).Status, (await PutAsync("c", "b")).Status));
        Assert.Equal("a", (await GetAsync("b")).Json.GetProperty("parentId").GetString());
        Assert.Equal(JsonValueKind.Null, (await GetAsync("a")).Json.GetProperty("parentId").ValueKind);

        var moved = await PutAsync("c");
        Assert.Equal((200, JsonValueKind.Null), (moved.Status, moved.Json.GetProperty("parentId").ValueKind));
        Assert.NotEqual("", moved.Headers.ETag.ToString());
        var list = await TestAnswer.Of(await new ListBranches(service, lists).Run(TestRequest.Get("/api/branches"), Cancellation));
        Assert.Equal(["a", "b", "c"], list.Json.GetProperty("items").EnumerateArray().Select(branch => branch.GetProperty("id").GetString()));

        Assert.Equal((204, null), await DeleteAsync("c"));
        Assert.Equal((404, "branch_not_found"), await DeleteAsync("c"));
        Assert.Equal((404, "branch_not_found"), ((await GetAsync("c")).Status, (await GetAsync("c")).Code));
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a", "b")]
    [InlineData("a", "c")]
    [InlineData("b", "c")]
    public async Task A_branch_cannot_be_moved_below_itself(string branch, string parent)
    {
        await PutAsync("a");
        await PutAsync("b", "a");
        await PutAsync("c", "b");

        var answer = await PutAsync(branch, parent);

        Assert.Equal((409, "branch_cycle"), (answer.Status, answer.Code));
        Assert.Equal("b", (await GetAsync("c")).Json.GetProperty("parentId").GetString());
    }

    [Fact]
    public async Task A_new_branch_cannot_be_its_own_parent()
    {
        var answer = await PutAsync("a", "a");

        Assert.Equal((409, "branch_cycle"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_branch_with_branches_or_users_is_in_use()
    {
        await PutAsync("a");
        await PutAsync("b", "a");
        members.Add(MemberSource.Branch(Sample.Id("b")), Sample.Id("u-1"));

        Assert.Equal((409, "branch_in_use"), await DeleteAsync("a"));
        Assert.Equal((409, "branch_in_use"), await DeleteAsync("b"));
        members.Remove(MemberSource.Branch(Sample.Id("b")), Sample.Id("u-1"));
        Assert.Equal((204, null), await DeleteAsync("b"));
        Assert.Equal((204, null), await DeleteAsync("a"));
    }

    [Theory]
    [InlineData("""{"name":"A","parentId":"none"}""", "parentId")]
    [InlineData("""{"name":"A","parentId":"a/b"}""", "parentId")]
    [InlineData("""{"name":" "}""", "name")]
    [InlineData("""{"parentId":null}""", "name")]
    [InlineData("""{"name":"A","depth":1}""", "depth")]
    public async Task A_bad_body_is_400_and_names_the_member(string body, string member)
    {
        var answer = await PutAsync("a", TestRequest.Put("/api/branches/x", body));

        Assert.Equal(400, answer.Status);
        Assert.Equal([member], answer.ErrorPaths);
    }

    private Task<TestAnswer> PutAsync(string id, string? parentId = null) =>
        PutAsync(id, TestRequest.Put("/api/branches/x", JsonSerializer.Serialize(new { name = id, parentId })));

    private async Task<TestAnswer> PutAsync(string id, Microsoft.AspNetCore.Http.HttpRequest request) =>
        await TestAnswer.Of(await new PutBranch(service).Run(request, id, Cancellation));

    private async Task<TestAnswer> GetAsync(string id) =>
        await TestAnswer.Of(await new GetBranch(service).Run(TestRequest.Get("/api/branches/x"), id, Cancellation));

    private async Task<(int Status, string? Code)> DeleteAsync(string id)
    {
        var answer = await TestAnswer.Of(await new DeleteBranch(service).Run(TestRequest.Delete("/api/branches/x"), id, Cancellation));
        return (answer.Status, answer.Status >= 400 ? answer.Code : null);
    }
}
