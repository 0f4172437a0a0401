using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Audit;
using Microsoft.Extensions.DependencyInjection;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Functions.Audit;

/// <summary>Wires the audit. Every store that keeps changes asks for its outbox.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditLog>()
        .AddSingleton(s => new AuditLedger(s.Table(Tables.Audit), s.GetRequiredService<OrganisationClock>()))
        .AddSingleton<AuditOutbox>()
        .AddSingleton(s => new AuditIntents(s.Table(Tables.Audit), s.GetRequiredService<AuditOutbox>()))
        .AddSingleton<IAuditSweep, AuditSweep>()
        .AddSingleton<IAuditTrail>(s => new TableAuditTrail(s.Table(Tables.Audit)));
}
