using System.Net;

namespace CertFunctions.EndToEnd.Tests.LocalHost;

public sealed class HttpTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_a_function_its_route_values_and_query() =>
        Assert.Equal("Hello Ada L?a=b%20c", await fixture.Host.Client.GetStringAsync("hello/Ada%20L?a=b%20c", Cancellation));

    [Fact]
    public async Task Asks_the_first_of_two_matching_functions_by_name() =>
        Assert.Equal("Hello you", await fixture.Host.Client.GetStringAsync("hello/you", Cancellation));

    [Theory]
    [InlineData("throw", HttpStatusCode.InternalServerError)]
    [InlineData("keyed", HttpStatusCode.Unauthorized)]
    [InlineData("keyed?code=wrong", HttpStatusCode.Unauthorized)]
    [InlineData("keyed?code=open-sesame", HttpStatusCode.OK)]
    [InlineData("switched-off", HttpStatusCode.NotFound)]
    [InlineData("no-such-route", HttpStatusCode.NotFound)]
    [InlineData("", HttpStatusCode.NoContent)]
    [InlineData("length", HttpStatusCode.NotFound)]
    [InlineData("admin/functions/Tick", HttpStatusCode.NotFound)]
    public async Task Answers_a_GET_as_the_real_host_does(string path, HttpStatusCode expected)
    {
        using var answer = await fixture.Host.Client.GetAsync(path, Cancellation);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Pays_no_heed_to_an_invocation_id_that_a_client_gives()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "hello/Ada") { Headers = { { "x-ms-invocation-id", $"{Guid.NewGuid()}" } } };

        using var answer = await fixture.Host.Client.SendAsync(request, Cancellation);

        Assert.Equal("Hello Ada", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Answers_413_without_reading_to_a_body_over_100_MiB()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "length") { Content = new ByteArrayContent([]) };
        request.Content.Headers.ContentLength = (100 * 1024 * 1024) + 1;
        request.Headers.ExpectContinue = true;

        using var answer = await fixture.Host.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Passes_a_body_of_ten_million_bytes_on()
    {
        using var answer = await fixture.Host.Client.PostAsync("length", new ByteArrayContent(new byte[10_000_000]), Cancellation);

        Assert.Equal("10000000", await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
