using CertFunctions.Core;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Http.Answers;

public sealed class ProblemTests
{
    [Fact]
    public async Task Is_written_as_RFC_9457_wants_it()
    {
        var answer = await TestAnswer.Of(Problem.Of(Rejection.Invalid("selection_empty", "users", "name nobody")));

        Assert.Equal(400, answer.Status);
        Assert.Equal("application/problem+json", answer.Headers.ContentType);
        Assert.Equal(
            """{"type":"/api/docs/errors#selection_empty","title":"Bad Request","status":400,"detail":"users name nobody.","code":"selection_empty","errors":{"users":["name nobody"]}}""",
            answer.Body);
    }

    [Theory]
    [InlineData(RejectionKind.Invalid, 400)]
    [InlineData(RejectionKind.NotFound, 404)]
    [InlineData(RejectionKind.Conflict, 409)]
    [InlineData(RejectionKind.VersionConflict, 412)]
    [InlineData(RejectionKind.Unprocessable, 422)]
    public async Task Every_kind_has_its_status_and_only_400_has_errors(RejectionKind kind, int status)
    {
        var answer = await TestAnswer.Of(Problem.Of(new Rejection(kind, "some_code", "Some detail.")));

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 400, answer.Json.TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task Says_when_to_come_back() => Assert.Equal("5", (await TestAnswer.Of(Problem.StorageUnavailable())).Headers.RetryAfter);

    [Fact]
    public async Task An_outcome_answers_its_value_or_its_problem()
    {
        Outcome<string> done = "x";
        Outcome<string> rejected = Rejection.NotFound("user_not_found", "There is no user u-1.");

        Assert.Equal((200, "\"x\""), await TestAnswer.Of(done.Answer(v => Answer.Ok(v))) is var ok ? (ok.Status, ok.Body) : default);
        Assert.Equal((404, "user_not_found"), await TestAnswer.Of(rejected.Answer(v => Answer.Ok(v))) is var no ? (no.Status, no.Code) : default);
    }
}
