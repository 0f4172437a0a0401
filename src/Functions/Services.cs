using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Certifications;
using CertFunctions.Functions.Storage.Directory;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static CertFunctions.Functions.Storage.StorageNames;

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
        .AddHttp(settings)
        .AddDirectory()
        .AddCertifications();

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

    private static IServiceCollection AddDirectory(this IServiceCollection services) => services
        .AddSingleton<IUserStore>(s => new TableUserStore(s.Table(Tables.Users)))
        .AddSingleton<IUsernameClaims>(s => new TableUsernameClaims(s.Table(Tables.Users), s.GetRequiredService<TimeProvider>()))
        .AddSingleton<IUserFollowUps>(s => new TableUserFollowUps(s.Table(Tables.Users)))
        .AddSingleton<IMemberStore>(s => new TableMemberStore(s.Table(Tables.Members), s.Table(Tables.Directory)))
        .AddSingleton<IGroupStore>(s => new TableGroupStore(s.Table(Tables.Directory)))
        .AddSingleton<IBranchStore>(s => new TableBranchStore(s.Table(Tables.Directory)))
        .AddSingleton<IExternalTrainingStore>(s => new TableExternalTrainingStore(s.Table(Tables.Directory)));

    private static IServiceCollection AddCertifications(this IServiceCollection services) => services
        .AddSingleton<ICertificationStore>(s => new TableCertificationStore(s.Table(Tables.Certifications)))
        .AddSingleton<CertificationCatalog>();

    private static TableClient Table(this IServiceProvider services, string name) => services.GetRequiredService<StorageClients>().Table(name);
}
