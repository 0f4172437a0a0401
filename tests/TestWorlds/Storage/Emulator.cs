using Azure.Core;
using CertFunctions.Functions.Storage;
using CertFunctions.LocalHost.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CertFunctions.TestWorlds.Storage;

/// <summary>
/// A storage emulator for the whole test process, with all tables, queues and containers, and another for half of those who want an account of
/// their own: each does one thing after another, so one alone keeps but one core busy. They end with the process. Tests share them: each takes
/// ids of its own.
/// </summary>
public static class Emulator
{
    /// <summary>Every storage emulator has this key, https://learn.microsoft.com/azure/storage/common/storage-use-azurite.</summary>
    private const string PublicKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly Lazy<Task<string>> Started = new(StartAsync);
    private static readonly Lazy<Task<string>> Another = new(StartAsync);
    private static int _accounts;

    public static async Task<string> ConnectionStringAsync() => await Started.Value;

    /// <param name="adjust">Has the last word on the clients' options: another transport, other retries.</param>
    public static async Task<StorageClients> ClientsAsync(Action<ClientOptions>? adjust = null) => Clients(await Started.Value, adjust);

    /// <summary>An account of its own with all tables, queues and containers, for whoever looks at everything there is.</summary>
    public static async Task<string> NewAccountAsync()
    {
        var emulator = Interlocked.Increment(ref _accounts) % 2 == 0 ? Started : Another;
        var connectionString = EmulatorAccounts.Take(await emulator.Value, PublicKey);
        await CreateAllAsync(connectionString);
        return connectionString;
    }

    public static StorageClients Clients(string connectionString, Action<ClientOptions>? adjust = null) =>
        new(TestSettings.Of((StorageNames.Connection, connectionString)), adjust);

    private static async Task<string> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("certfunctions-tests-").FullName;
        EmulatorAccounts.Announce(PublicKey);
        var azurite = await Azurite.StartNewAsync(folder, keepsData: false);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            azurite.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
            Directory.Delete(folder, recursive: true);
        };
        await CreateAllAsync(azurite.ConnectionString);
        return azurite.ConnectionString;
    }

    private static async Task CreateAllAsync(string connectionString)
    {
        using var storage = new LocalStorage(Clients(connectionString), NullLogger<LocalStorage>.Instance);
        await storage.EnsureAsync(CancellationToken.None);
    }
}
