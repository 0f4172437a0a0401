using System.Diagnostics;
using CertFunctions.EndToEnd.Tests.Awarding;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.LocalHost;

public sealed class StorageLossTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_emulator_is_started_again_and_the_app_works_on()
    {
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { HostOwnsStorage = true }, Cancellation);
        var lms = new LmsClient(host.Client);
        await lms.PutAsync("api/groups/g-1", new { name = "Wardens" });
        var killed = host.AzuritePid;

        Process.GetProcessById(killed).Kill();
        await host.UntilLoggedAsync("starting it again", Cancellation);
        await host.UntilWorkersStartedAsync(2, Cancellation);

        Assert.NotEqual(killed, host.AzuritePid);
        await host.UntilReadyAsync(Cancellation);
        await lms.PutAsync("api/groups/g-2", new { name = "Drivers" });
        Assert.Equal("Drivers", (await lms.GetAsync("api/groups/g-2")).GetProperty("name").GetString());
    }
}
