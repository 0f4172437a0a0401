using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using CertFunctions.TestWorlds.Fakes;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Http.Requests;

public sealed class QueryReaderTests
{
    [Theory]
    [InlineData("", 50)]
    [InlineData("?limit=1", 1)]
    [InlineData("?limit=200", 200)]
    [InlineData("?limit=200&code=key", 200)]
    public async Task Reads_the_limit(string query, int limit)
    {
        var input = HttpInput.Of(TestRequest.Get($"/api/x{query}"));
        var page = await new Lists(new FakeCursorKeyStore()).ReadAsync(input, TestContext.Current.CancellationToken);

        Assert.False(input.Refused(out _));
        Assert.Equal(new PageRequest(limit, null), page);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=")]
    [InlineData("?limit")]
    [InlineData("?limit=1.0")]
    [InlineData("?limit=%201")]
    [InlineData("?limit=99999999999")]
    [InlineData("?limit=1&limit=1")]
    [InlineData("?limit=1&LIMIT=1")]
    public async Task Refuses_another_limit(string query)
    {
        var input = HttpInput.Of(TestRequest.Get($"/api/x{query}"));
        await new Lists(new FakeCursorKeyStore()).ReadAsync(input, TestContext.Current.CancellationToken);

        Assert.True(input.Refused(out var problem));
        Assert.Equal((400, "invalid_request"), (problem.Status, problem.Code));
        Assert.Equal("limit", Assert.Single(problem.Errors!).Key, ignoreCase: true);
    }

    [Theory]
    [InlineData("?colour=red", "colour")]
    [InlineData("?Status=active", "Status")]
    [InlineData("?status=Active", "status")]
    [InlineData("?status=", "status")]
    [InlineData("?status=active&status=active", "status")]
    [InlineData("?from=2026-02-30", "from")]
    [InlineData("?branch=%2F", "branch")]
    [InlineData("?dryRun=1", "dryRun")]
    [InlineData("?search=a%00b", "search")]
    [InlineData("?search=%FF", "query")]
    [InlineData("?search=%ED%A0%80", "query")]
    [InlineData("?search=%EF%BF%BD", "search")]
    public void Names_the_parameter_that_is_wrong(string query, string name)
    {
        var input = HttpInput.Of(TestRequest.Get($"/api/x{query}"));

        Read(input.Query);

        Assert.True(input.Refused(out var problem));
        Assert.Equal([name], problem.Errors!.Keys);
    }

    [Fact]
    public void Reads_what_is_right()
    {
        var input = HttpInput.Of(TestRequest.Get("/api/x?status=archived&from=2026-02-28&branch=b-1&dryRun=true&search=&code=abc&code=def"));

        Assert.Equal((CertificationStatus.Archived, new DateOnly(2026, 2, 28), LmsId.Parse("b-1"), true, null), Read(input.Query));
        Assert.False(input.Refused(out _));
    }

    private static (CertificationStatus?, DateOnly?, LmsId?, bool?, string?) Read(QueryReader query) =>
        (query.OneOf<CertificationStatus>("status").OrNull(), query.Date("from").OrNull(), query.Id("branch").OrNull(), query.Boolean("dryRun").OrNull(), query.Text("search").OrNull());
}
