using System.Net;
using System.Net.Http.Json;

namespace CertFunctions.EndToEnd.Tests.Headers;

public sealed class HeadTests(ProductHost product)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Head_is_get_without_the_body()
    {
        var client = await product.ClientAsync();
        foreach (var (path, body) in new[]
        {
            ("api/branches/head-b", """{"name":"North"}"""),
            ("api/groups/head-g", """{"name":"Wardens"}"""),
            ("api/external-trainings/head-t", """{"title":"First aid"}"""),
            ("api/users/head-u", """{"username":"head-u","firstName":"Ada","lastName":"Lovelace"}"""),
            ("api/certifications/HEAD-1", """{"title":"Fire warden"}"""),
            ("api/groups/head-g/members/head-u", ""),
        })
        {
            using var put = await client.PutAsync(path, body.Length == 0 ? null : new StringContent(body, null, "application/json"), Cancellation);
            Assert.True(put.IsSuccessStatusCode, path);
            await AssertAlikeAsync(client, path, HttpStatusCode.OK);
        }

        using var awarded = await client.PostAsync(
            "api/certifications/HEAD-1/awards", new StringContent("""{"users":["head-u"]}""", null, "application/json"), Cancellation);
        var job = await awarded.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Cancellation);
        await AssertAlikeAsync(client, "api/certifications/HEAD-1/awards/head-u", HttpStatusCode.OK);
        await AssertAlikeAsync(client, $"api/jobs/{job.GetProperty("id").GetString()}", HttpStatusCode.OK);
        await AssertAlikeAsync(client, $"api/jobs/{job.GetProperty("id").GetString()}/report", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("api/health", HttpStatusCode.OK)]
    [InlineData("api/health/ready", HttpStatusCode.OK)]
    [InlineData("api/docs/errors", HttpStatusCode.OK)]
    [InlineData("api/users/head-404", HttpStatusCode.NotFound)]
    [InlineData("api/users/-", HttpStatusCode.BadRequest)]
    public async Task Head_of_health_and_of_what_is_not_there_is_alike(string path, HttpStatusCode status) =>
        await AssertAlikeAsync(await product.ClientAsync(), path, status);

    [Theory]
    [InlineData("api/users")]
    [InlineData("api/jobs")]
    [InlineData("api/awards")]
    public async Task A_list_in_a_type_that_it_has_not_is_406(string path)
    {
        var refused = await Call.Async(product, "GET", path, header: "Accept", value: "application/xml");

        Assert.Equal((406, "not_acceptable"), (refused.Status, refused.Code));
    }

    private static async Task AssertAlikeAsync(HttpClient client, string path, HttpStatusCode status)
    {
        using var get = await client.GetAsync(path, Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await client.SendAsync(request, Cancellation);

        Assert.Equal((path, status, status), (path, get.StatusCode, head.StatusCode));
        Assert.Equal(HeadersOf(get), HeadersOf(head));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    private static IEnumerable<string> HeadersOf(HttpResponseMessage answer) =>
        answer.Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not ("Date" or "Transfer-Encoding"))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
            .Order(StringComparer.Ordinal);
}
