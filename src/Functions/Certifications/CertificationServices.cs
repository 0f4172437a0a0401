using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Audit;
using CertFunctions.Functions.Storage.Certifications;
using Microsoft.Extensions.DependencyInjection;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Functions.Certifications;

/// <summary>Wires the definitions of certifications.</summary>
internal static class CertificationServices
{
    public static IServiceCollection AddCertifications(this IServiceCollection services) => services
        .AddSingleton<ICertificationStore>(s => new TableCertificationStore(s.Table(Tables.Certifications), s.GetRequiredService<AuditOutbox>()))
        .AddSingleton<CertificationCatalog>()
        .AddSingleton<CertificationService>();
}
