using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Requests;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Http.Requests;

public sealed class PreconditionsTests
{
    [Theory]
    [InlineData(null, null, true, true, true)]
    [InlineData("\"7\"", null, true, false, false)]
    [InlineData("\"6\", \"7\"", null, true, false, false)]
    [InlineData("\"6\",\"8\"", null, false, true, false)]
    [InlineData("W/\"7\"", null, false, false, false)]
    [InlineData("W/\"7\", \"7\"", null, true, false, false)]
    [InlineData("*", null, true, true, false)]
    [InlineData(null, "*", false, false, true)]
    [InlineData("*", "*", false, false, false)]
    [InlineData("\"7\"", "*", false, false, false)]
    public void Holds_for_version_7_version_8_and_nothing(string? ifMatch, string? ifNoneMatch, bool seven, bool eight, bool nothing)
    {
        var input = With(ifMatch, ifNoneMatch);
        var precondition = input.Precondition();

        Assert.False(input.Refused(out _));
        Assert.Equal((seven, eight, nothing), (precondition.Holds("7"), precondition.Holds(8), precondition.Holds((string?)null)));
    }

    [Theory]
    [InlineData("7", null, "If-Match")]
    [InlineData("\"7", null, "If-Match")]
    [InlineData("\"7\" \"8\"", null, "If-Match")]
    [InlineData("\"7\", *", null, "If-Match")]
    [InlineData("", null, "If-Match")]
    [InlineData(null, "\"7\"", "If-None-Match")]
    [InlineData(null, "zzz", "If-None-Match")]
    public void Refuses_what_is_malformed(string? ifMatch, string? ifNoneMatch, string header)
    {
        var input = With(ifMatch, ifNoneMatch);
        input.Precondition();

        Assert.True(input.Refused(out var problem));
        Assert.Equal((400, "invalid_request"), (problem.Status, problem.Code));
        Assert.Equal([header], problem.Errors!.Keys);
    }

    [Fact]
    public async Task An_answer_carries_its_version_as_a_strong_tag() =>
        Assert.Equal("\"7\"", (await TestAnswer.Of(Answer.Ok(new { a = 1 }, "7"))).Headers.ETag);

    private static HttpInput With(string? ifMatch, string? ifNoneMatch)
    {
        var request = TestRequest.Delete("/api/users/u-1");
        request = ifMatch is null ? request : request.With("If-Match", ifMatch);
        return HttpInput.Of(ifNoneMatch is null ? request : request.With("If-None-Match", ifNoneMatch));
    }
}
