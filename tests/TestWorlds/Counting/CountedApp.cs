using Azure.Core;
using CertFunctions.Functions;
using CertFunctions.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CertFunctions.TestWorlds.Counting;

/// <summary>The app's services and functions in this process, with every request to the storage counted.</summary>
public sealed class CountedApp : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public CountedApp(string connectionString)
    {
        var settings = TestSettings.OfApp(connectionString);
        Clients = new StorageClients(settings, Patient);
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(settings)
            .AddCertFunctions(settings)
            .AddSingleton(new StorageClients(settings, options =>
            {
                Patient(options);
                Counts.Watch(options);
            }))
            .BuildServiceProvider();
    }

    public StorageCounts Counts { get; } = new();

    /// <summary>Clients of the same storage that nobody counts.</summary>
    public StorageClients Clients { get; }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>A function, to be called as its trigger would.</summary>
    public T Function<T>() => ActivatorUtilities.CreateInstance<T>(services);

    /// <summary>The emulator stalls for more than the usual 10 s where a partition holds tens of thousands of rows.</summary>
    private static void Patient(ClientOptions options) => options.Retry.NetworkTimeout = TimeSpan.FromMinutes(2);

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
