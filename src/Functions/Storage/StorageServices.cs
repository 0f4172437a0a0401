using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CertFunctions.Core;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Storage.Traffic;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CertFunctions.Functions.Storage;

/// <summary>Wires the storage, and gives the features their part of it.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton<LargeJobTraffic>()
        .AddSingleton(s => new StorageClients(settings, options => options.AddPolicy(s.GetRequiredService<LargeJobTraffic>(), HttpPipelinePosition.PerRetry)))
        .AddSingleton<IsStorageTrouble>(e => StorageFault.IsTrouble(e))
        .AddSingleton<ICursorKeyStore, TableCursorKeyStore>()
        .AddSingleton<IIdempotencyStore, TableIdempotencyStore>()
        .AddSingleton<LocalStorage>()
        .AddSingleton<NewerMessages>()
        .AddSingleton<StorageProbe>()
        .AddSingleton<StoreSchema>()
        .AddSingleton<QueueProbe>();

    public static TableClient Table(this IServiceProvider services, string name) => services.GetRequiredService<StorageClients>().Table(name);

    public static QueueClient Queue(this IServiceProvider services, string name) => services.GetRequiredService<StorageClients>().Queue(name);

    public static BlobContainerClient Container(this IServiceProvider services, string name) =>
        services.GetRequiredService<StorageClients>().Container(name);
}
