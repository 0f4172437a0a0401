using CertFunctions.Core;
using CertFunctions.Functions.Tests.Jobs;

namespace CertFunctions.Functions.Tests.Awarding;

public sealed class AwardUsersTests
{
    private readonly JobRoutes routes = new();

    [Fact]
    public async Task Answers_a_hundred_users_with_the_finished_job_and_its_results()
    {
        var answer = await routes.AwardAsync(Body(routes.World.AddUsers(100)));

        Assert.Equal(200, answer.Status);
        Assert.Equal("completed", answer.Json.GetProperty("status").GetString());
        Assert.Equal(100, answer.Json.GetProperty("awarded").GetInt32());
        Assert.Equal(100, answer.Json.GetProperty("results").GetArrayLength());
    }

    [Fact]
    public async Task Answers_more_than_a_hundred_with_where_to_look()
    {
        var answer = await routes.AwardAsync(Body(routes.World.AddUsers(101)));

        Assert.Equal(202, answer.Status);
        Assert.Equal($"/api/jobs/{answer.Json.GetProperty("id").GetString()}", answer.Headers.Location);
        Assert.False(answer.Json.TryGetProperty("results", out _));
    }

    [Fact]
    public async Task Shows_every_member_of_a_job()
    {
        var answer = await routes.AwardAsync("""{"users":["u-0"],"reason":"audit 2026"}""");

        Assert.Equal(
            [
                "id", "kind", "status", "certificationCode", "file", "requestedBy", "reason", "planId", "undoes", "follows", "followedBy", "createdAt",
                "startedAt", "finishedAt", "total", "processed", "awarded", "renewed", "updated", "revoked", "skipped", "failed", "etaSeconds", "error", "results",
            ],
            answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("audit 2026", answer.Json.GetProperty("reason").GetString());
        Assert.Equal("local-developer", answer.Json.GetProperty("requestedBy").GetString());
    }

    [Fact]
    public async Task Says_of_each_user_what_became_of_it()
    {
        routes.World.AddUsers(2);
        await routes.AwardAsync("""{"users":["u-0"]}""");

        var answer = await routes.AwardAsync("""{"users":["u-0","u-1","nobody"]}""");

        Assert.Equal(
            """[{"userId":"nobody","username":null,"outcome":"failed","code":"user_not_found","detail":"There is no such user.","certificationCode":null,"line":null,"issuedOn":null,"expiresOn":null},{"userId":"u-0","username":"name.u-0","outcome":"skipped","code":"already_held","detail":"The user holds the certification already.","certificationCode":null,"line":null,"issuedOn":null,"expiresOn":null},{"userId":"u-1","username":"name.u-1","outcome":"awarded","code":null,"detail":null,"certificationCode":null,"line":null,"issuedOn":null,"expiresOn":null}]""",
            answer.Json.GetProperty("results").GetRawText());
    }

    [Fact]
    public async Task Gives_a_repeated_request_its_first_answer()
    {
        var body = Body(routes.World.AddUsers(3));
        var first = await routes.AwardAsync(body, key: "k-1");

        var again = await routes.AwardAsync(body, key: "k-1");

        Assert.Equal(first.Body, again.Body);
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        Assert.Equal((422, "idempotency_key_reused"), await StatusAsync(routes.AwardAsync("""{"users":["u-0"]}""", key: "k-1")));
    }

    [Theory]
    [InlineData("{}", "selection_empty")]
    [InlineData("""{"users":[]}""", "selection_empty")]
    [InlineData("""{"users":["u 1"]}""", "invalid_request")]
    [InlineData("""{"users":"u-1"}""", "invalid_request")]
    [InlineData("""{"users":["u-0"],"colour":"red"}""", "invalid_request")]
    [InlineData("""{"users":["u-0"],"issuedOn":"24.11.2026"}""", "invalid_request")]
    [InlineData("""{"users":["u-0"],"onExisting":"replace"}""", "invalid_request")]
    [InlineData("""{"users":["u-0"],"association":{"type":"gift"}}""", "invalid_request")]
    [InlineData("""{"users":["u-0"],"association":{"type":"manual","activityId":"x"}}""", "invalid_request")]
    [InlineData("""{"users":["u-0"],"association":{"type":"externalTraining"}}""", "external_training_required")]
    [InlineData("""{"users":["u-0"],"association":{"type":"externalTraining","activityId":"EXT-1"}}""", "external_training_not_found")]
    [InlineData("""{"users":["u-0"],"expiresOn":"2030-01-01","alwaysValid":true}""", "expiry_given_but_always_valid")]
    [InlineData("""{"users":["u-0"],"expiresOn":"2020-01-01"}""", "expires_before_issued")]
    [InlineData("""{"groups":["g-404"]}""", "group_not_found")]
    [InlineData("""{"branches":["b-404"]}""", "branch_not_found")]
    [InlineData("""{"users":["u-0"],"dryRun":"yes"}""", "invalid_request")]
    [InlineData("""{"users":["u-0"],"confirmUsers":-1}""", "invalid_request")]
    public async Task Refuses_with_400(string json, string code)
    {
        routes.World.AddUsers(1);

        Assert.Equal((400, code), await StatusAsync(routes.AwardAsync(json)));
        Assert.Equal(0, await routes.World.HoldersAsync());
    }

    [Fact]
    public async Task Takes_ten_thousand_entries_and_no_more()
    {
        Assert.Equal((422, "confirmation_required"), await StatusAsync(routes.AwardAsync(Body(Ids(Limits.ArrayEntries)))));
        Assert.Equal((400, "invalid_request"), await StatusAsync(routes.AwardAsync(Body(Ids(Limits.ArrayEntries + 1)))));
    }

    [Fact]
    public async Task Takes_a_reason_of_a_thousand_characters_and_no_more()
    {
        routes.World.AddUsers(1);
        string Reason(int length) => $$"""{"users":["u-0"],"reason":"{{new string('x', length)}}"}""";

        Assert.Equal(200, (await routes.AwardAsync(Reason(Limits.ReasonLength))).Status);
        var refused = await routes.AwardAsync(Reason(Limits.ReasonLength + 1));
        Assert.Equal(400, refused.Status);
        Assert.Equal(["reason"], refused.ErrorPaths);
    }

    [Fact]
    public async Task Answers_404_for_an_unknown_certification() =>
        Assert.Equal((404, "certification_not_found"), await StatusAsync(routes.AwardAsync("""{"users":["u-0"]}""", "NONE")));

    private static IEnumerable<LmsId> Ids(int count) => Enumerable.Range(0, count).Select(n => LmsId.Parse($"u-{n}"));

    private static string Body(IEnumerable<LmsId> users) => $$"""{"users":["{{string.Join("\",\"", users)}}"]}""";

    private static async Task<(int Status, string? Code)> StatusAsync(Task<TestWorlds.Http.TestAnswer> answer) =>
        ((await answer).Status, (await answer).Code);
}
