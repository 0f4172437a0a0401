using System.Net;
using CertFunctions.Testing;

namespace CertFunctions.EndToEnd.Tests.LocalHost;

public sealed class RunningHostTests(RunningHostTests.Fixture fixture) : IClassFixture<RunningHostTests.Fixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_health()
    {
        var answer = await fixture.Host.Client.GetAsync("api/health", Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"status":"healthy"}""", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Answers_404_to_a_verb_that_no_function_takes()
    {
        var answer = await fixture.Host.Client.PostAsync("api/health", content: null, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Answers_404_when_asked_to_run_a_function_that_is_not_there()
    {
        var answer = await fixture.Host.Client.PostAsync("admin/functions/NoSuchFunction", content: null, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Answers_413_to_a_body_over_100_MiB()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/health") { Content = new ByteArrayContent([]) };
        request.Content.Headers.ContentLength = (100 * 1024 * 1024) + 1;
        request.Headers.ExpectContinue = true;

        var answer = await fixture.Host.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Starts_another_worker_when_one_is_killed()
    {
        var killed = fixture.Host.WorkerPid;

        fixture.Host.KillWorker();
        await fixture.Host.UntilWorkersStartedAsync(2, Cancellation);

        Assert.NotEqual(killed, fixture.Host.WorkerPid);
        Assert.Equal(HttpStatusCode.OK, (await fixture.Host.Client.GetAsync("api/health", Cancellation)).StatusCode);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public HostProcess Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await HostProcess.StartAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
