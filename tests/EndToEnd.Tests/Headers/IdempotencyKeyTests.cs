namespace CertFunctions.EndToEnd.Tests.Headers;

public sealed class IdempotencyKeyTests(ProductHost product) : IAsyncLifetime
{
    private const string Path = "api/certifications/KEYED/awards";
    private const string Body = """{"users":["keyed"],"alwaysValid":true}""";

    private readonly string key = Guid.NewGuid().ToString();

    public async ValueTask InitializeAsync()
    {
        await Call.Async(product, "PUT", "api/users/keyed", """{"username":"keyed","firstName":"Ada","lastName":"Byron"}""");
        await Call.Async(product, "PUT", "api/certifications/KEYED", """{"title":"One"}""");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_same_request_gets_the_first_answer_again()
    {
        var first = await PostAsync(key);
        foreach (var again in new[] { key, $"\"{key}\"" })
        {
            var replayed = await PostAsync(again);

            Assert.Equal((200, true), (replayed.Status, replayed.Replayed));
            Assert.Equal(first.Json.GetRawText(), replayed.Json.GetRawText());
        }

        Assert.Equal((200, false), (first.Status, first.Replayed));
        Assert.NotEqual(Job(first), Job(await PostAsync(Guid.NewGuid().ToString())));
    }

    [Fact]
    public async Task Another_body_is_422()
    {
        await PostAsync(key);

        var reused = await Call.Async(product, "POST", Path, Body.Replace("true", "false", StringComparison.Ordinal), "Idempotency-Key", key);

        Assert.Equal((422, "idempotency_key_reused"), (reused.Status, reused.Code));
    }

    [Fact]
    public async Task At_once_all_get_one_job_or_are_told_to_wait()
    {
        var calls = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => PostAsync(key)));

        Assert.All(calls, call => Assert.True(call.Status == 200 || (call.Status, call.Code) == (409, "idempotency_key_in_progress")));
        Assert.Single(calls.Where(call => call.Status == 200).Select(Job).Distinct());
        Assert.Single(calls, call => call is { Status: 200, Replayed: false });
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        const string later = "api/certifications/KEYED-LATER/awards";
        Assert.Equal(404, (await Call.Async(product, "POST", later, Body, "Idempotency-Key", key)).Status);
        await Call.Async(product, "PUT", "api/certifications/KEYED-LATER", """{"title":"One"}""");

        var call = await Call.Async(product, "POST", later, Body, "Idempotency-Key", key);

        Assert.Equal((200, false), (call.Status, call.Replayed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("a b")]
    [InlineData("\"a\\b\"")]
    public async Task What_is_no_key_is_400(string bad)
    {
        var refused = await PostAsync(bad);

        Assert.Equal((400, "invalid_request"), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData(255, 200)]
    [InlineData(256, 400)]
    public async Task A_key_has_at_most_255_characters(int length, int status) =>
        Assert.Equal(status, (await PostAsync(key.PadRight(length, 'x'))).Status);

    private Task<Call> PostAsync(string idempotencyKey) => Call.Async(product, "POST", Path, Body, "Idempotency-Key", idempotencyKey);

    private static string? Job(Call call) => call.Json.GetProperty("id").GetString();
}
