using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Directory;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Fakes;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Directory;

public sealed class UserFunctionsTests
{
    private static readonly string[] Editable = ["username", "firstName", "lastName", "email", "branchId", "active"];

    private readonly FakeUserStore users = new();
    private readonly FakeMemberStore members;
    private readonly FakeBranchStore branches = new();
    private readonly UserService service;

    public UserFunctionsTests()
    {
        members = new FakeMemberStore(users);
        service = users.Service(branches, new FakeAwardProjection(), new FakeUserArrivals());
    }

    public static TheoryData<string> BadIds => ["", " ", "a/b", "a\\b", "a#b", "a?b", "a%2Fb", "\U0001F600", "a\u0001", "-a", new string('a', 129)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_answers_201_then_200_with_an_etag_and_null_members()
    {
        var created = await PutAsync("u-1", Body("ada"));
        var changed = await PutAsync("u-1", Body("ada", lastName: "Byron"));

        Assert.Equal((201, 200), (created.Status, changed.Status));
        Assert.Equal(("\"1\"", "\"2\""), (created.Headers.ETag.ToString(), changed.Headers.ETag.ToString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, created.Json.GetProperty("branchId").ValueKind);
        Assert.Equal("Byron", (await GetAsync("u-1")).Json.GetProperty("lastName").GetString());
    }

    [Fact]
    public async Task Put_takes_an_email_of_320_characters_and_no_more()
    {
        string Of(int length) => $$"""{"username":"ada","firstName":"Ada","lastName":"L","email":"{{new string('x', length)}}"}""";

        Assert.Equal(201, (await PutAsync("u-1", Of(Limits.EmailLength))).Status);
        var refused = await PutAsync("u-2", Of(Limits.EmailLength + 1));
        Assert.Equal(400, refused.Status);
        Assert.Equal(["email"], refused.ErrorPaths);
    }

    [Theory]
    [MemberData(nameof(BadIds))]
    public async Task A_bad_id_is_400_everywhere(string id)
    {
        Assert.Equal(400, (await PutAsync(id, Body("ada"))).Status);
        Assert.Equal(400, (await GetAsync(id)).Status);
        Assert.Equal(400, (await DeleteAsync(id)).Status);
    }

    [Theory]
    [InlineData("""{"username":" ","firstName":"A","lastName":"B"}""", "username")]
    [InlineData("""{"username":"a","lastName":"B"}""", "firstName")]
    [InlineData("""{"username":"a","firstName":1,"lastName":"B"}""", "firstName")]
    [InlineData("""{"username":"a","firstName":"A","lastName":"B","active":"yes"}""", "active")]
    [InlineData("""{"username":"a","firstName":"A","lastName":"B","branchId":"a/b"}""", "branchId")]
    [InlineData("""{"username":"a","firstName":"A","lastName":"B","shoeSize":38}""", "shoeSize")]
    [InlineData("""{"username":"a","firstName":"A","lastName":"B","branchId":"none"}""", "branchId")]
    public async Task A_bad_body_is_400_and_names_the_member(string body, string member)
    {
        var answer = await PutAsync("u-1", body);

        Assert.Equal(400, answer.Status);
        Assert.Equal([member], answer.ErrorPaths);
    }

    [Fact]
    public async Task Names_lose_what_nobody_sees_at_their_ends_so_that_one_username_is_one_user()
    {
        var ada = await PutAsync("u-1", Body("\u00A0ada\u200B", " Ada\uFEFF", "Love lace\u00A0"));
        Assert.Equal(
            ("ada", "Ada", "Love lace"),
            (ada.Json.GetProperty("username").GetString(), ada.Json.GetProperty("firstName").GetString(), ada.Json.GetProperty("lastName").GetString()));

        Assert.Equal("username_taken", (await PutAsync("u-2", Body("ADA "))).Code);
        Assert.Equal(["username"], (await PutAsync("u-2", Body("\u00A0\u200B"))).ErrorPaths);
    }

    [Fact]
    public async Task Lengths_are_taken_at_their_limit_and_refused_one_over()
    {
        Assert.Equal(201, (await PutAsync(new string('a', LmsId.MaxLength), Body(new string('u', Limits.UsernameLength), new string('n', Limits.NameLength)))).Status);
        Assert.Equal(400, (await PutAsync("u-1", Body(new string('u', Limits.UsernameLength + 1)))).Status);
        Assert.Equal(400, (await PutAsync("u-1", Body("u", new string('n', Limits.NameLength + 1)))).Status);
    }

    [Fact]
    public async Task A_taken_username_is_409()
    {
        await PutAsync("u-1", Body("ada"));

        var answer = await PutAsync("u-2", Body("ADA"));

        Assert.Equal((409, "username_taken"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Delete_deactivates_and_the_user_stays_readable()
    {
        await PutAsync("u-1", Body("ada"));

        Assert.Equal(204, (await DeleteAsync("u-1")).Status);
        Assert.Equal(204, (await DeleteAsync("u-1")).Status);
        Assert.False((await GetAsync("u-1")).Json.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task An_unknown_user_is_404()
    {
        Assert.Equal((404, "user_not_found"), ((await GetAsync("none")).Status, (await DeleteAsync("none")).Code));
    }

    [Fact]
    public async Task Preconditions_that_do_not_hold_are_412()
    {
        await PutAsync("u-1", Body("ada"));

        Assert.Equal(412, (await PutAsync("u-1", Body("bob"), "If-Match", "\"9\"")).Status);
        Assert.Equal(412, (await PutAsync("u-1", Body("bob"), "If-None-Match", "*")).Status);
        Assert.Equal(200, (await PutAsync("u-1", Body("bob"), "If-Match", "\"1\"")).Status);
    }

    [Fact]
    public async Task Lists_page_by_page_by_a_cursor_that_fits_only_its_own_search()
    {
        await PutAsync("u-1", Body("ada-1"));
        await PutAsync("u-2", Body("ada-2"));
        var first = await ListAsync("?search=ada-&limit=1");
        var cursor = Uri.EscapeDataString(first.Json.GetProperty("nextCursor").GetString()!);

        var second = await ListAsync($"?search=ada-&limit=1&cursor={cursor}");
        Assert.Equal("u-2", second.Json.GetProperty("items")[0].GetProperty("userId").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.Json.GetProperty("nextCursor").ValueKind);
        Assert.Equal(400, (await ListAsync($"?search=b&limit=1&cursor={cursor}")).Status);
        Assert.Equal((400, 400), ((await ListAsync("?limit=201")).Status, (await ListAsync("?page=2")).Status));
    }

    [Theory]
    [InlineData("""{"lastName":"Byron"}""", "ada Ada Byron ada@example.org b-1 True")]
    [InlineData("""{"email":null,"branchId":null}""", "ada Ada Lovelace   True")]
    [InlineData("""{"username":"countess","active":false}""", "countess Ada Lovelace ada@example.org b-1 False")]
    [InlineData("{}", "ada Ada Lovelace ada@example.org b-1 True")]
    public async Task Patch_edits_what_it_names(string body, string expected)
    {
        await AddBranchAsync("b-1");
        await PutAsync("u-1", """{"username":"ada","firstName":"Ada","lastName":"Lovelace","email":"ada@example.org","branchId":"b-1"}""");

        var answer = await PatchAsync("u-1", body);

        Assert.Equal((200, body == "{}" ? "\"1\"" : "\"2\""), (answer.Status, answer.Headers.ETag.ToString()));
        var user = (await GetAsync("u-1")).Json;
        Assert.Equal(
            expected,
            string.Join(' ', Editable.Select(member => user.GetProperty(member).ToString())));
    }

    [Theory]
    [InlineData("""{"username":null}""", 400, "invalid_request")]
    [InlineData("""{"username":" "}""", 400, "invalid_request")]
    [InlineData("""{"username":"BOB"}""", 409, "username_taken")]
    [InlineData("""{"branchId":"none"}""", 400, "branch_not_found")]
    [InlineData("""{"shoeSize":38}""", 400, "invalid_request")]
    public async Task Patch_keeps_the_rules_of_put(string body, int status, string code)
    {
        await PutAsync("u-1", Body("ada"));
        await PutAsync("u-2", Body("bob"));

        var answer = await PatchAsync("u-1", body);

        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Equal("ada", (await GetAsync("u-1")).Json.GetProperty("username").GetString());
    }

    [Fact]
    public async Task Patch_of_a_stranger_is_404_and_of_another_version_412()
    {
        await PutAsync("u-1", Body("ada"));

        Assert.Equal((404, "user_not_found"), await PatchAsync("none", "{}") is var stranger ? (stranger.Status, stranger.Code) : default);
        Assert.Equal(412, (await PatchAsync("u-1", """{"lastName":"B"}""", "\"9\"")).Status);
        Assert.Equal(200, (await PatchAsync("u-1", """{"lastName":"B"}""", "\"1\"")).Status);
    }

    [Theory]
    [InlineData("?search=ada%20love", "u-1")]
    [InlineData("?search=ADA", "u-1 u-2")]
    [InlineData("?active=false", "u-2")]
    [InlineData("?active=true", "u-1 u-3")]
    [InlineData("?branch=b-1", "u-1 u-2")]
    [InlineData("?branch=b-1&active=true", "u-1")]
    [InlineData("?branch=b-1&search=ada%20k", "u-2")]
    [InlineData("?branch=b-2", "")]
    public async Task The_list_takes_filters(string query, string ids)
    {
        await AddBranchAsync("b-1");
        await AddBranchAsync("b-2");
        await PutAsync("u-1", """{"username":"x1","firstName":"Ada","lastName":"Lovelace","branchId":"b-1"}""");
        await PutAsync("u-2", """{"username":"x2","firstName":"Ada","lastName":"King","branchId":"b-1","active":false}""");
        await PutAsync("u-3", """{"username":"x3","firstName":"Bo","lastName":"B"}""");

        var found = (await ListAsync(query)).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("userId").GetString());

        Assert.Equal(ids, string.Join(' ', found.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_branch_that_nobody_knows_is_no_filter() =>
        Assert.Equal((400, "branch_not_found"), await ListAsync("?branch=none") is var answer ? (answer.Status, answer.Code) : default);

    private Task<Outcome<Change<Branch>>> AddBranchAsync(string id) =>
        new BranchService(branches, new BranchGates(users.Gates, branches), members, TimeProvider.System).PutAsync(LmsId.Parse(id), id, null, Precondition.None, By.Hand, Cancellation);

    private async Task<TestAnswer> PatchAsync(string id, string body, string? ifMatch = null)
    {
        var request = TestRequest.Patch("/api/users/x", body);
        return await TestAnswer.Of(await new EditUser(service).Run(ifMatch is null ? request : request.With("If-Match", ifMatch), id, Cancellation));
    }

    private static string Body(string username, string firstName = "Ada", string lastName = "Lovelace") =>
        System.Text.Json.JsonSerializer.Serialize(new { username, firstName, lastName });

    private async Task<TestAnswer> PutAsync(string id, string body, string? header = null, string value = "")
    {
        var request = TestRequest.Put("/api/users/x", body);
        return await TestAnswer.Of(await new PutUser(service).Run(header is null ? request : request.With(header, value), id, Cancellation));
    }

    private async Task<TestAnswer> GetAsync(string id) =>
        await TestAnswer.Of(await new GetUser(service).Run(TestRequest.Get("/api/users/x"), id, Cancellation));

    private async Task<TestAnswer> DeleteAsync(string id) =>
        await TestAnswer.Of(await new DeactivateUser(service).Run(TestRequest.Delete("/api/users/x"), id, Cancellation));

    private readonly Lists lists = new(new FakeCursorKeyStore());

    private async Task<TestAnswer> ListAsync(string query) =>
        await TestAnswer.Of(await new ListUsers(new UserListService(users, members, new MemberSourceRules(new FakeGroupStore(), branches)), lists).Run(TestRequest.Get($"/api/users{query}"), Cancellation));
}
