using System.Diagnostics;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.LocalHost;

public sealed class HostEndTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sigterm_ends_the_host_and_its_children()
    {
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { AppFolder = TestApp.ForHostTests, HostOwnsStorage = true }, Cancellation);
        var children = new[] { host.WorkerPid, host.AzuritePid };

        var exitCode = await host.StopAsync();

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(children, IsRunning);
    }

    [Fact]
    public async Task Killing_the_host_leaves_no_child()
    {
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { AppFolder = TestApp.ForHostTests, HostOwnsStorage = true }, Cancellation);
        var children = new[] { host.WorkerPid, host.AzuritePid };

        await host.KillAsync();

        await UntilEndedAsync(children);
    }

    private static async Task UntilEndedAsync(int[] processes)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (Array.Exists(processes, IsRunning))
            await Task.Delay(50, limit.Token);
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
