using Azure;
using CertFunctions.Core;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.Functions.Http.Requests;
using CertFunctions.TestWorlds.Fakes;
using CertFunctions.TestWorlds.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Functions.Tests.Http.Idempotency;

public sealed class IdempotentPostsTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeIdempotencyStore store = new();
    private readonly List<string> ran = [];
    private int ids;

    [Fact]
    public async Task Without_a_key_every_request_runs()
    {
        await PostAsync(null);
        await PostAsync(null);

        Assert.Equal(["id1", "id2"], ran);
        Assert.Empty(store.Rows);
    }

    [Fact]
    public async Task The_same_request_again_gets_the_first_answer()
    {
        var first = await PostAsync("k");
        var second = await PostAsync("\"k\"");

        Assert.Equal(["id1"], ran);
        Assert.Equal((202, "/api/jobs/id1", """{"id":"id1"}"""), (second.Status, second.Headers.Location.ToString(), second.Body));
        Assert.Equal(first.Body, second.Body);
        Assert.False(first.Headers.ContainsKey("Idempotent-Replayed"));
        Assert.Equal("true", second.Headers["Idempotent-Replayed"]);
    }

    [Fact]
    public async Task Another_body_is_refused()
    {
        await PostAsync("k");

        var answer = await PostAsync("k", body: """{ "a": 2 }""");

        Assert.Equal((422, "idempotency_key_reused"), (answer.Status, answer.Code));
        Assert.Equal(["id1"], ran);
    }

    [Theory]
    [InlineData("/api/other", "local-developer")]
    [InlineData("/api/x?dryRun=true", "local-developer")]
    [InlineData("/api/x", "eve")]
    public async Task Another_path_query_or_caller_is_another_request(string path, string caller)
    {
        await PostAsync("k");
        await PostAsync("k", path: path, caller: caller);

        Assert.Equal(["id1", "id2"], ran);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("a b")]
    [InlineData("\"a\"b\"")]
    [InlineData("\"a\\\"")]
    [InlineData("ü")]
    [InlineData("a\u007f")]
    public async Task A_malformed_key_is_refused(string key)
    {
        var answer = await PostAsync(key);

        Assert.Equal((400, "invalid_request"), (answer.Status, answer.Code));
        Assert.Equal(["Idempotency-Key"], answer.ErrorPaths);
    }

    [Theory]
    [InlineData(255, 202)]
    [InlineData(256, 400)]
    public async Task A_key_has_a_limit(int length, int status)
    {
        Assert.Equal(status, (await PostAsync(new string('k', length))).Status);
        Assert.Equal(status, (await PostAsync($"\"{new string('q', length)}\"")).Status);
    }

    [Fact]
    public async Task While_the_first_runs_the_second_is_told_to_wait_however_long_it_takes()
    {
        var gate = new TaskCompletionSource();
        var first = PostAsync("k", gate: gate.Task);
        Assert.Equal((409, "idempotency_key_in_progress"), await PostAsync("k") is var second ? (second.Status, second.Code) : default);

        for (var i = 0; i < 12; i++)
        {
            var until = LeaseUntil();
            time.Advance(IdempotentPosts.Lease / 3);
            await EventuallyAsync(() => LeaseUntil() > until);
        }

        Assert.Equal(409, (await PostAsync("k")).Status);
        gate.SetResult();
        Assert.Equal(202, (await first).Status);
        Assert.Equal("true", (await PostAsync("k")).Headers["Idempotent-Replayed"]);
        Assert.Equal(["id1"], ran);
    }

    [Fact]
    public async Task After_a_crash_the_retry_gets_the_same_id_when_the_lease_is_over()
    {
        await CrashAsync();
        Assert.Equal(409, (await PostAsync("k")).Status);

        time.Advance(IdempotentPosts.Lease);

        Assert.Equal("""{"id":"crashed"}""", (await PostAsync("k")).Body);
        Assert.Equal(["crashed"], ran);
    }

    [Fact]
    public async Task After_an_exception_the_retry_gets_the_same_id_at_once()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => PostAsync("k", gate: Task.FromException(new TimeoutException())));

        Assert.Equal("""{"id":"id1"}""", (await PostAsync("k")).Body);
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        var refused = Problem.Of(Rejection.Conflict("certification_archived", "Archived."));

        Assert.Equal(409, (await PostAsync("k", result: _ => refused)).Status);
        Assert.Equal(202, (await PostAsync("k")).Status);
        Assert.Equal(["id1", "id2"], ran);
    }

    [Fact]
    public async Task A_refusal_leaves_no_key_though_a_renewal_of_its_lease_succeeded_unheard()
    {
        var refused = Problem.Of(Rejection.Conflict("certification_archived", "Archived."));
        await PostAsync("k", result: _ =>
        {
            var row = store.Rows.Single();
            Assert.NotNull(store.TryReplaceAsync(row.Request, row.Revision, CancellationToken.None).Result);
            return refused;
        });

        Assert.Equal(202, (await PostAsync("k", body: """{ "a": 2 }""")).Status);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task An_answer_that_is_too_large_to_keep_is_made_again_under_the_same_id(int over, bool isKept)
    {
        var body = new byte[IdempotentPosts.MaxKeptBody + over];

        await PostAsync("k", result: _ => new Answer(200, body));
        await PostAsync("k", result: _ => new Answer(200, body));

        Assert.Equal(isKept ? ["id1"] : ["id1", "id1"], ran);
    }

    [Fact]
    public async Task A_key_is_forgotten_after_seven_days()
    {
        await PostAsync("k");
        time.Advance(Limits.IdempotencyKept - TimeSpan.FromSeconds(1));
        await PostAsync("k");
        Assert.Equal(["id1"], ran);

        time.Advance(TimeSpan.FromSeconds(1));
        await PostAsync("k", body: """{ "a": 2 }""");

        Assert.Equal(2, ran.Count);
        Assert.NotEqual("id1", ran[1]);
    }

    [Fact]
    public async Task Of_32_at_once_one_runs()
    {
        var gate = new TaskCompletionSource();
        var all = Enumerable.Range(0, 32).Select(_ => Task.Run(() => PostAsync("k", gate: gate.Task))).ToArray();
        await EventuallyAsync(() => all.Count(task => task.IsCompleted) == 31);

        gate.SetResult();
        var answers = await Task.WhenAll(all);

        Assert.Single(ran);
        Assert.Equal([202, .. Enumerable.Repeat(409, 31)], answers.Select(answer => answer.Status).Order());
    }

    private DateTimeOffset LeaseUntil() => store.Rows.Single().Request.LeaseUntil;

    private static async Task EventuallyAsync(Func<bool> isTrue)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!isTrue())
        {
            await Task.Delay(1, patience.Token);
        }
    }

    public static TheoryData<Exception> Failures =>
        [new RequestFailedException(413, "x"), new IOException("x"), new AggregateException(new TaskCanceledException("x"))];

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task A_request_that_is_done_says_so_though_its_key_cannot_be_written(Exception failure)
    {
        store.ReplaceFailure = failure;
        Assert.Equal(202, (await PostAsync("k")).Status);

        store.ReplaceFailure = null;
        time.Advance(IdempotentPosts.Lease);
        await PostAsync("k");

        Assert.Equal(["id1", "id1"], ran);
    }

    [Fact]
    public async Task A_caller_who_hung_up_finds_the_answer_under_the_key()
    {
        using var connection = new CancellationTokenSource();
        await PostAsync("k", result: id => { connection.Cancel(); return Answer.Accepted($"/api/jobs/{id}", new { id }); }, connection: connection.Token);

        var again = await PostAsync("k");

        Assert.Equal((202, "true"), (again.Status, again.Headers["Idempotent-Replayed"].ToString()));
        Assert.Equal(["id1"], ran);
    }

    private async Task CrashAsync()
    {
        var input = await InputAsync("k", "/api/x", """{ "a": 1 }""", "local-developer");
        await store.TryAddAsync(
            new IdempotentRequest
            {
                Id = IdempotencyKey.InScope("k", input),
                BodyHash = IdempotencyKey.Hash(input.Bytes.Span),
                ReservedId = "crashed",
                Attempt = "gone",
                CreatedAt = time.GetUtcNow(),
                LeaseUntil = time.GetUtcNow() + IdempotentPosts.Lease,
            },
            TestContext.Current.CancellationToken);
    }

    private async Task<TestAnswer> PostAsync(
        string? key, string path = "/api/x", string body = """{ "a": 1 }""", string caller = "local-developer", Task? gate = null, Func<string, IResult>? result = null,
        CancellationToken? connection = null)
    {
        var input = await InputAsync(key, path, body, caller);
        var posts = new IdempotentPosts(store, time);
        return await TestAnswer.Of(await posts.RunAsync(input, () => $"id{Interlocked.Increment(ref ids)}", RunAsync, connection ?? TestContext.Current.CancellationToken));

        async Task<IResult> RunAsync(ReservedId reserved)
        {
            var id = reserved.Value;
            lock (ran)
            {
                ran.Add(id);
            }

            await (gate ?? Task.CompletedTask);
            return result?.Invoke(id) ?? Answer.Accepted($"/api/jobs/{id}", new { id });
        }
    }

    private static async Task<HttpInput> InputAsync(string? key, string path, string body, string caller)
    {
        var request = TestRequest.Post(path, body).From(new Caller(caller, CallerRole.Superadmin, null));
        return await HttpInput.WithBodyAsync(key is null ? request : request.With("Idempotency-Key", key), TestContext.Current.CancellationToken);
    }
}
