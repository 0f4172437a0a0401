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
}
