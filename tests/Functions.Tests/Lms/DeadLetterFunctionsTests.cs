using System.Text.Json;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Lms;
using CertFunctions.Testing;
using CertFunctions.Testing.Lms;
using CertFunctions.TestWorlds.Fakes;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Lms;

public sealed class DeadLetterFunctionsTests
{
    private readonly WebhookScene scene = new();
    private readonly Lists lists = new(new FakeCursorKeyStore());
    private readonly IdempotentPosts posts = new(new FakeIdempotencyStore(), TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_shows_the_element_and_why_it_failed()
    {
        await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101"));
        var item = (await ListAsync()).Json.GetProperty("items")[0];

        Assert.Equal(
            ["id", "messageId", "event", "element", "payload", "code", "detail", "receivedAt", "failedAt", "attempts", "waitingForUserId"],
            item.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("m-1", "u-1", "user_not_found", "u-1"), (Text("messageId"), item.GetProperty("payload").GetProperty("user_id").GetString(), Text("code"), Text("waitingForUserId")));
        Assert.Equal((0, 1, "2026-11-24T12:00:00Z"), (item.GetProperty("element").GetInt32(), item.GetProperty("attempts").GetInt32(), Text("receivedAt")));

        string? Text(string member) => item.GetProperty(member).GetString();
    }

    [Fact]
    public async Task The_list_goes_page_by_page_newest_first()
    {
        for (var i = 0; i < 3; i++)
        {
            await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101"));
            scene.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var first = (await ListAsync("?limit=2")).Json;
        var second = (await ListAsync($"?limit=2&cursor={first.GetProperty("nextCursor").GetString()}")).Json;
        Assert.Equal(["m-3", "m-2"], MessagesOf(first));
        Assert.Equal(["m-1"], MessagesOf(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
    }

    [Theory]
    [InlineData("", "m-2 m-1")]
    [InlineData("?errorCode=user_not_found", "m-2 m-1")]
    [InlineData("?errorCode=username_taken", "")]
    [InlineData("?event=course.enrollment.completed", "m-1")]
    [InlineData("?event=group.member.added&errorCode=user_not_found", "m-2")]
    public async Task The_list_takes_filters(string query, string messages)
    {
        await SendTwoAsync();

        Assert.Equal(messages, string.Join(' ', MessagesOf((await ListAsync(query)).Json)));
    }

    [Fact]
    public async Task A_filter_may_empty_a_page_and_its_cursor_fits_no_other()
    {
        await SendTwoAsync();

        var first = (await ListAsync("?event=course.enrollment.completed&limit=1")).Json;

        Assert.Empty(MessagesOf(first));
        var cursor = first.GetProperty("nextCursor").GetString();
        Assert.Equal(["m-1"], MessagesOf((await ListAsync($"?event=course.enrollment.completed&limit=1&cursor={cursor}")).Json));
        Assert.Equal("invalid_cursor", (await ListAsync($"?limit=1&cursor={cursor}")).Code);
    }

    [Fact]
    public async Task One_that_is_dismissed_is_gone_and_waits_for_nobody()
    {
        await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101"));
        var id = scene.DeadLetters.All[0].Id.Value;

        Assert.Equal(204, (await DismissAsync(id)).Status);

        Assert.Empty(MessagesOf((await ListAsync()).Json));
        Assert.Empty(await scene.DeadLetters.ReadAwaitedAsync(Cancellation).ToListAsync(Cancellation));
        var again = await DismissAsync(id);
        Assert.Equal((404, "dead_letter_not_found"), (again.Status, again.Code));
    }

    [Fact]
    public async Task A_dismissal_whose_letter_somebody_else_has_taken_away_is_done()
    {
        await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101"));
        var id = scene.DeadLetters.All[0].Id.Value;

        var statuses = (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => DismissAsync(id))))).Select(answer => answer.Status);

        Assert.Contains(204, statuses);
        Assert.DoesNotContain(500, statuses);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?cursor=x")]
    [InlineData("?nope=1")]
    [InlineData("?event=a&event=b")]
    [InlineData("?errorCode=%07")]
    public async Task The_list_refuses_what_it_does_not_know(string query) => Assert.Equal(400, (await ListAsync(query)).Status);

    [Fact]
    public async Task A_replay_says_that_it_failed_again_or_was_applied()
    {
        var code = scene.AddCertification("FIRE-1");
        await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101"));
        var id = scene.DeadLetters.All[0].Id.Value;

        var failed = (await ReplayAsync(id)).Json;
        Assert.Equal((id, "failed", 2), (failed.GetProperty("id").GetString(), failed.GetProperty("status").GetString(), failed.GetProperty("deadLetter").GetProperty("attempts").GetInt32()));

        scene.Users.Add(Sample.User("u-1"));
        Assert.Equal($$"""{"id":"{{id}}","status":"applied","deadLetter":null}""", (await ReplayAsync(id)).Body);
        Assert.NotNull(await scene.AwardOfAsync(code, "u-1"));
        var gone = await ReplayAsync(id);
        Assert.Equal((404, "dead_letter_not_found"), (gone.Status, gone.Code));
    }

    [Fact]
    public async Task A_replay_under_one_key_gives_the_first_answer_again()
    {
        await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101"));
        var id = scene.DeadLetters.All[0].Id.Value;
        var first = await ReplayAsync(id, "key");
        scene.Users.Add(Sample.User("u-1"));
        var again = await ReplayAsync(id, "key");

        Assert.Equal((first.Body, "true"), (again.Body, again.Headers["Idempotent-Replayed"].ToString()));
    }

    [Fact]
    public async Task A_letter_whose_id_is_none_is_refused() => Assert.Equal((400, "invalid_request"), ((await ReplayAsync("x")).Status, (await ReplayAsync("x")).Code));

    private static IEnumerable<string?> MessagesOf(JsonElement list) =>
        list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("messageId").GetString());

    private async Task<TestAnswer> ListAsync(string query = "") => await TestAnswer.Of(
        await new ListDeadLetters(scene.Letters, lists).Run(TestRequest.Get($"/api/webhooks/lms/dead-letters{query}"), Cancellation));

    private async Task SendTwoAsync()
    {
        await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101"));
        scene.Time.Advance(TimeSpan.FromMinutes(1));
        await scene.SendAsync("group.member.added", """{"fired_at":"2026-11-20 15:05:00","group_id":"a","user_id":"u-1"}""");
    }

    private async Task<TestAnswer> DismissAsync(string id) => await TestAnswer.Of(
        await new DismissDeadLetter(scene.Letters).Run(TestRequest.Delete($"/api/webhooks/lms/dead-letters/{id}"), id, Cancellation));

    private async Task<TestAnswer> ReplayAsync(string id, string? key = null)
    {
        var request = TestRequest.Post($"/api/webhooks/lms/dead-letters/{id}/replay");
        return await TestAnswer.Of(await new ReplayDeadLetter(scene.Letters, posts).Run(key is null ? request : request.With("Idempotency-Key", key), id, Cancellation));
    }
}
