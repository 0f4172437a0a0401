using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.LocalHost;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.EndToEnd.Tests.Awarding;

/// <summary>The whole app in its own host, worker and storage, for all tests of a class.</summary>
public sealed class AppFixture : IAsyncLifetime
{
    private HostProcess? host;
    private StorageClients? storage;

    public HostProcess Host => host!;

    /// <summary>The same storage, for a look behind the app.</summary>
    public StorageClients Storage => storage!;

    public Seed Seed => new(Storage, TimeProvider.System);

    internal LmsClient Lms => new(Host.Client);

    public async ValueTask InitializeAsync()
    {
        host = await HostProcess.StartAsync();
        storage = Emulator.Clients(host.ConnectionString);
        // Tables are made before the first request that needs them.
        (await host.Client.GetAsync("api/certifications")).EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
