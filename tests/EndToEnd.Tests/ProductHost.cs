using CertFunctions.EndToEnd.Tests;
using CertFunctions.TestWorlds.LocalHost;

[assembly: AssemblyFixture(typeof(ProductHost))]

namespace CertFunctions.EndToEnd.Tests;

/// <summary>
/// One host with this repository's app for all tests that only speak HTTP to it; started by the first that asks. They share what it
/// stores: each takes ids of its own.
/// </summary>
public sealed class ProductHost : IAsyncLifetime
{
    private readonly Lazy<Task<HostProcess>> host = new(() => HostProcess.StartAsync());

    public Task<HostProcess> Host => host.Value;

    public async Task<HttpClient> ClientAsync() => (await Host).Client;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (host.IsValueCreated)
        {
            await (await host.Value).DisposeAsync();
        }
    }
}
