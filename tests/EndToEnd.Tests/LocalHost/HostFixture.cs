using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.LocalHost;

/// <summary>One host with the little test app for all tests of a class.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    private HostProcess? _host;

    public HostProcess Host => _host!;

    public async ValueTask InitializeAsync() => _host = await HostProcess.StartAsync(new HostProcessOptions
    {
        AppFolder = TestApp.ForHostTests,
        Settings = new Dictionary<string, string>
        {
            ["LocalHost__FunctionKey"] = "open-sesame",
            ["AzureWebJobs.Switch.Disabled"] = "true",
        },
    });

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
