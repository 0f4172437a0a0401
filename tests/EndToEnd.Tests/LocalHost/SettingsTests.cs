using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.LocalHost;

public sealed class SettingsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_what_is_in_force_and_warns_of_a_misspelt_setting()
    {
        await using var host = await HostProcess.StartAsync(
            new HostProcessOptions { Settings = new Dictionary<string, string> { ["Limits__ConfirmAbove"] = "7", ["Jobs__StaledAfterSeconds"] = "5" } }, Cancellation);

        Assert.Contains("Limits__ConfirmAbove 7", await host.UntilLoggedAsync("Settings in force", Cancellation), StringComparison.Ordinal);
        await host.UntilLoggedAsync("The setting Jobs__StaledAfterSeconds is not known", Cancellation);
    }
}
