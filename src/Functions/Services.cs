using CertFunctions.Core;
using CertFunctions.Functions.Audit;
using CertFunctions.Functions.Awarding;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Certifications;
using CertFunctions.Functions.Completions;
using CertFunctions.Functions.Directory;
using CertFunctions.Functions.Health;
using CertFunctions.Functions.Http;
using CertFunctions.Functions.Ingestion;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Lms;
using CertFunctions.Functions.Pages;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CertFunctions.Functions;

/// <summary>All wiring: each feature's own stands in its folder.</summary>
internal static class Services
{
    public static IServiceCollection AddCertFunctions(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(new OrganisationClock(TimeProvider.System, OrganisationTimeZone.Of(settings)))
        .AddTelemetry(settings)
        .AddStorage(settings)
        .AddHttp(settings)
        .AddHealth()
        .AddAudit()
        .AddDirectory()
        .AddCertifications()
        .AddAwards()
        .AddCompletions()
        .AddJobs(settings)
        .AddAwarding(settings)
        .AddIngestion()
        .AddLms(settings)
        .AddPages();
}
