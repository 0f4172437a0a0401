using System.Net;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.LocalHost;

public sealed class WorkerLossTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_worker_is_replaced()
    {
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { AppFolder = TestApp.ForHostTests }, Cancellation);
        var killed = host.WorkerPid;

        host.KillWorker();
        await host.UntilWorkersStartedAsync(2, Cancellation);

        Assert.NotEqual(killed, host.WorkerPid);
        Assert.Equal("Hello again", await host.Client.GetStringAsync("hello/again", Cancellation));
    }

    [Fact]
    public async Task A_worker_whose_function_hangs_is_replaced_when_its_time_is_up()
    {
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { AppFolder = TestApp.ForHostTests }, Cancellation);

        using var answer = await host.Client.GetAsync("hang", Cancellation);
        await host.UntilWorkersStartedAsync(2, Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(host.Log, line => line.Contains("Hang ran longer than functionTimeout (00:00:05)", StringComparison.Ordinal));
        Assert.Equal("Hello again", await host.Client.GetStringAsync("hello/again", Cancellation));
    }
}
