using System.Text.Json;
using CertFunctions.Operations.Checking;
using CertFunctions.Testing.Lms;

namespace CertFunctions.EndToEnd.Tests.Lms;

public sealed class WebhookTests(LmsHost host) : IClassFixture<LmsHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_sent_twice_awards_each_active_user_once()
    {
        var ids = Enumerable.Range(10021, 25).Select(id => $"{id}").ToList();
        await host.Lms.PutUsersAsync(ids);
        await host.Lms.SendAsync(HttpMethod.Delete, "api/users/10022");
        await PutCertificationAsync("BATCH", "C-201");
        var batch = LmsMessage.Of("batch", "course.enrollment.completed", [.. ids.Select(id => LmsMessage.Course(id, "C-201"))]);

        Assert.Equal((202, """{"accepted":25}"""), await host.SendAsync(batch));
        Assert.Equal((202, """{"accepted":25}"""), await host.SendAsync(batch));
        await UntilAsync(async () => await host.Lms.AwardedToAsync("BATCH") == 24 && (await LettersAsync("batch")).Count == 1);

        Assert.Equal("user_deactivated", (await LettersAsync("batch"))[0].GetProperty("code").GetString());
        var awards = await host.Lms.ListAsync("api/certifications/BATCH/awards");
        Assert.Equal(ids.Where(id => id != "10022"), awards.Select(Text("userId")).Order(StringComparer.Ordinal));
        Assert.All(awards, award => Assert.Equal((1, "2026-11-20", "lms"), (award.GetProperty("version").GetInt32(), Text("issuedOn")(award), Text("awardedBy")(award))));
        Assert.Equal("batch", (await host.Lms.ListAsync("api/certifications/BATCH/awards/10021/history"))[0].GetProperty("origin").GetProperty("messageId").GetString());

        var (status, body) = await host.SendAsync(batch + " ");
        Assert.Equal((409, "message_id_reused"), (status, Text("code")(JsonElement.Parse(body))));
        Assert.Empty(await StoreCheck.RunAsync(host.Storage));
    }

    [Fact]
    public async Task A_completion_waits_for_its_user_and_a_letter_can_be_replayed()
    {
        await PutCertificationAsync("LATE", "C-202");
        await host.SendWithLoginAsync(LmsMessage.Of("early", "course.enrollment.completed", LmsMessage.Course("latecomer", "C-202"), LmsMessage.Course("gone", "C-202")));
        await UntilAsync(async () => (await LettersAsync("early")).Count == 2);
        var gone = (await LettersAsync("early")).Single(letter => Text("waitingForUserId")(letter) == "gone");
        var (status, replayed) = await host.Lms.SendAsync(HttpMethod.Post, $"api/webhooks/lms/dead-letters/{Text("id")(gone)}/replay");
        Assert.Equal((200, "failed"), (status, Text("status")(replayed)));

        await host.SendWithLoginAsync(LmsMessage.Of(
            "joins", "user.created", """{"user_id":"latecomer","username":"late.comer","first_name":"Late","last_name":"Comer","branch_id":"emea"}"""));
        await UntilAsync(async () => await host.Lms.AwardedToAsync("LATE") == 1);
        Assert.Equal("emea", Text("branchId")(await host.Lms.GetAsync("api/users/latecomer")));
        Assert.Equal("gone", Text("waitingForUserId")(Assert.Single(await LettersAsync("early"))));
    }

    [Fact]
    public async Task Nothing_but_the_LMSs_proof_opens_the_route()
    {
        var body = LmsMessage.Of("unproved", "user.created", """{"user_id":1}""");
        Action<HttpRequestMessage>[] attempts =
        [
            _ => { },
            request => request.Headers.Add("x-functions-key", "master"),
            request => request.Headers.Authorization = new("Bearer", "token"),
            request => request.Headers.Authorization = new("Basic", "bG1zOndyb25n"),
            request => request.RequestUri = new Uri($"{LmsHost.Path}?code=master", UriKind.Relative),
        ];
        foreach (var attempt in attempts)
        {
            var (status, problem) = await host.SendAsync(body, attempt);
            Assert.Equal((401, "unauthenticated"), (status, Text("code")(JsonElement.Parse(problem))));
        }
    }

    private static Func<JsonElement, string?> Text(string member) => json => json.GetProperty(member).GetString();

    private Task<JsonElement> PutCertificationAsync(string code, string course) =>
        host.Lms.PutAsync($"api/certifications/{code}", new { title = code, activities = new[] { new { type = "course", id = course } } });

    private async Task<IReadOnlyList<JsonElement>> LettersAsync(string messageId) =>
        [.. (await host.Lms.ListAsync("api/webhooks/lms/dead-letters")).Where(letter => Text("messageId")(letter) == messageId)];

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Patience);
        while (!await holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }
    }
}

/// <summary>Where no LMS is connected.</summary>
public sealed class UnconnectedTests(ProductHost product)
{
    [Fact]
    public async Task Without_a_connection_the_route_is_always_closed()
    {
        using var content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await (await product.ClientAsync()).PostAsync(LmsHost.Path, content, TestContext.Current.CancellationToken);

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Empty(answer.Headers.WwwAuthenticate);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }
}
