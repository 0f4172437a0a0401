using System.Net;
using System.Text;
using CertFunctions.EndToEnd.Tests.Awarding;

namespace CertFunctions.EndToEnd.Tests.Ingestion;

public sealed class UploadAddressTests(AppFixture app) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_has_the_address_drops_that_file_and_does_nothing_else()
    {
        var (status, granted) = await app.Lms.SendAsync(HttpMethod.Post, "api/imports/uploads?kind=branches&name=large.csv");
        Assert.Equal(200, status);
        var url = granted.GetProperty("url").GetString()!;
        Assert.InRange(granted.GetProperty("expiresAt").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(50), DateTimeOffset.UtcNow.AddMinutes(61));

        Assert.Equal(HttpStatusCode.Created, await SendAsync(HttpMethod.Put, url));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Get, url));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Delete, url));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Put, url.Replace("large.csv", "other.csv", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Put, url.Replace("/imports/", "/import-reports/", StringComparison.Ordinal)));
        Assert.Equal("completed", (await app.Lms.UntilImportedAsync("branches/large.csv")).GetProperty("status").GetString());
        Assert.Equal("Granted", (await app.Lms.GetAsync("api/branches/granted")).GetProperty("name").GetString());
    }

    private static async Task<HttpStatusCode> SendAsync(HttpMethod method, string url)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method, url);
        if (method == HttpMethod.Put)
        {
            request.Content = new StringContent("branch_id,name,parent_id\ngranted,Granted,\n", Encoding.UTF8, "text/csv");
            request.Headers.Add("x-ms-blob-type", "BlockBlob");
        }

        using var answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
