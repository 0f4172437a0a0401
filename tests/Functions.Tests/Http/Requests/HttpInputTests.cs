using CertFunctions.Core;
using CertFunctions.Functions.Http.Requests;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Http.Requests;

public sealed class HttpInputTests
{
    [Fact]
    public async Task Collects_what_is_wrong_in_route_query_headers_and_body()
    {
        var request = TestRequest.Put("/api/users/-x?colour=red", """{ "username": "", "branchId": 7, "shoe": 44 }""").With("If-Match", "zzz");
        var input = await HttpInput.WithBodyAsync(request, TestContext.Current.CancellationToken);
        var userId = "-x";

        input.Id(userId);
        input.Precondition();
        input.Body.Text("username", new TextRule(1, 255)).Required();
        input.Body.Text("firstName", new TextRule(1, 255)).Required();
        input.Body.Id("branchId").OrNull();
        Assert.True(input.Refused(out var problem));

        Assert.Equal((400, "invalid_request"), (problem.Status, problem.Code));
        Assert.Equal(
            ["If-Match", "branchId", "colour", "firstName", "shoe", "userId", "username"],
            problem.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lets_a_good_request_pass()
    {
        var request = TestRequest.Put("/api/users/u-1?code=function-key", """{ "username": "ada", "createdAt": 5 }""");
        var input = await HttpInput.WithBodyAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("ada", input.Body.Text("username", TextRule.Username).Required());
        input.Body.ReadOnly("createdAt");

        Assert.False(input.Refused(out _));
    }
}
