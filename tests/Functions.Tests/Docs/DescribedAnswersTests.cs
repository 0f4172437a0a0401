using System.Net;
using System.Text;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Docs;

/// <summary>The net in which every answer of the end-to-end tests lies: it must hold.</summary>
public sealed class DescribedAnswersTests
{
    private const string Group = """{"id":"g-1","name":"Wardens","members":3,"createdAt":"2026-11-24T10:00:00Z","updatedAt":"2026-11-24T10:00:00Z"}""";
    private const string NotFound = """{"type":"/api/docs/errors#x","title":"Not Found","status":404,"detail":"None.","code":"group_not_found"}""";

    [Theory]
    [InlineData(200, "application/json", Group)]
    [InlineData(404, "application/problem+json", NotFound)]
    public async Task What_is_described_passes(int status, string type, string body) => Assert.Empty(await WrongAsync(status, type, body));

    [Theory]
    [InlineData(201, "application/json", Group, "201 is not described")]
    [InlineData(200, "text/html", Group, "text/html, which is not described")]
    [InlineData(200, "application/json", """{"id":"g-1"}""", "name")]
    [InlineData(200, "application/json", """{"id":"g-1","name":"W","members":3,"createdAt":"2026-11-24T10:00:00Z","updatedAt":"2026-11-24T10:00:00Z","x":1}""", "x")]
    [InlineData(200, "application/json", """{"id":"g-1","name":"W","members":"3","createdAt":"2026-11-24T10:00:00Z","updatedAt":"2026-11-24T10:00:00Z"}""", "members")]
    [InlineData(200, "application/json", """{"id":"g-1","name":"W","members":3,"createdAt":"yesterday","updatedAt":"2026-11-24T10:00:00Z"}""", "createdAt")]
    [InlineData(404, "application/problem+json", """{"type":"x","title":"x","status":404,"detail":"x","code":"user_not_found"}""", "user_not_found is not described")]
    [InlineData(404, "application/problem+json", """{"type":"x","title":"x","status":404,"detail":"x","code":"nope"}""", "code")]
    public async Task What_is_not_described_is_named(int status, string type, string body, string named) =>
        Assert.Contains(named, string.Join(' ', await WrongAsync(status, type, body)), StringComparison.Ordinal);

    [Fact]
    public void A_path_finds_its_operation()
    {
        var api = ApiDescription.Current;

        Assert.Equal("GetGroup", api.Find(HttpMethod.Head, "/api/groups/g-1")?.Id);
        Assert.Equal("GetErrorCodes", api.Find(HttpMethod.Get, "/api/docs/errors")?.Id);
        Assert.Null(api.Find(HttpMethod.Post, "/api/groups/g-1"));
        Assert.Null(api.Find(HttpMethod.Get, "/api/groups/g-1/nope"));
    }

    private static async Task<IReadOnlyList<string>> WrongAsync(int status, string type, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/api/groups/g-1");
        using var answer = new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, type) };
        return await ApiDescription.Current.Find(HttpMethod.Get, "/api/groups/g-1")!.WrongWithAsync(answer);
    }
}
