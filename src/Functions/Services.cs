using CertFunctions.Core;
using CertFunctions.Functions.Http;
using CertFunctions.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CertFunctions.Functions;

/// <summary>All wiring.</summary>
internal static class Services
{
    public static IServiceCollection AddCertFunctions(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(new OrganisationClock(TimeProvider.System, OrganisationTimeZone.Of(settings)))
        .AddStorage(settings)
        .AddHttp();

    private static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(new StorageClients(settings))
        .AddSingleton<LocalStorage>();

    private static IServiceCollection AddHttp(this IServiceCollection services) => services
        .AddSingleton<ICursorKeyStore, TableCursorKeyStore>()
        .AddSingleton<Lists>();
}
