using Azure.Core;
using CertFunctions.Functions.Storage;
using CertFunctions.LocalHost.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CertFunctions.Testing.Storage;

/// <summary>
/// One storage emulator for the whole test process, with all tables, queues and containers. It ends with the process. Tests share it:
/// each takes ids of its own.
/// </summary>
public static class Emulator
{
    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    public static async Task<string> ConnectionStringAsync() => await Started.Value;

    /// <param name="adjust">Has the last word on the clients' options: another transport, other retries.</param>
    public static async Task<StorageClients> ClientsAsync(Action<ClientOptions>? adjust = null) => Clients(await Started.Value, adjust);

    private static StorageClients Clients(string connectionString, Action<ClientOptions>? adjust = null) => new(
        new ConfigurationBuilder().AddInMemoryCollection([new(StorageNames.Connection, connectionString)]).Build(), adjust);

    private static async Task<string> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("certfunctions-tests-").FullName;
        var azurite = await Azurite.StartNewAsync(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            azurite.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
            Directory.Delete(folder, recursive: true);
        };
        using var storage = new LocalStorage(Clients(azurite.ConnectionString), NullLogger<LocalStorage>.Instance);
        await storage.EnsureAsync(CancellationToken.None);
        return azurite.ConnectionString;
    }
}
