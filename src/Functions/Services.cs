using CertFunctions.Core;
using CertFunctions.Functions.Http;
using CertFunctions.Functions.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CertFunctions.Functions;

/// <summary>All wiring.</summary>
internal static class Services
{
    /// <summary>Kestrel's own 30 MB would answer a larger upload with 500.</summary>
    private const long MaxUploadBytes = 100 * 1024 * 1024;

    public static IServiceCollection AddCertFunctions(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(new OrganisationClock(TimeProvider.System, OrganisationTimeZone.Of(settings)))
        .AddStorage(settings)
        .AddHttp(settings);

    private static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(new StorageClients(settings))
        .AddSingleton<LocalStorage>()
        .AddSingleton<StorageProbe>();

    private static IServiceCollection AddHttp(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(new Doorkeeper(settings))
        .Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = MaxUploadBytes)
        .AddSingleton<ICursorKeyStore, TableCursorKeyStore>()
        .AddSingleton<Lists>()
        .AddSingleton<IIdempotencyStore, TableIdempotencyStore>()
        .AddSingleton<Idempotency>();
}
