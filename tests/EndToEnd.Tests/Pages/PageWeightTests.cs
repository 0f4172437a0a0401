using System.Net;

namespace CertFunctions.EndToEnd.Tests.Pages;

/// <summary>What a browser loads before it shows anything; the stylesheet and htmx come once and stay.</summary>
[Collection(PagesApp.Collection)]
public sealed class PageWeightTests(PagesApp app)
{
    private const int MostBytes = 50 * 1024;

    [Theory]
    [InlineData("certifications")]
    [InlineData("certifications/FIRE-1/awards")]
    [InlineData("certifications/FIRE-1/awards?limit=200")]
    [InlineData("certifications/FIRE-1/awards/new")]
    [InlineData("certifications/CRANE-2/missing")]
    [InlineData("certifications/FIRE-1/forecast?months=120")]
    [InlineData("forecast")]
    [InlineData("users")]
    [InlineData("jobs")]
    [InlineData("imports")]
    [InlineData("webhooks")]
    [InlineData("audit")]
    [InlineData("me")]
    public async Task A_page_is_small(string path)
    {
        using var client = new HttpClient { BaseAddress = (await app.ClientAsync()).BaseAddress };
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, deflate, br");

        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "gzip"), (answer.StatusCode, string.Join(',', answer.Content.Headers.ContentEncoding)));
        Assert.InRange(body.Length, 1, MostBytes);
    }
}
