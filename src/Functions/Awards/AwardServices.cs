using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Audit;
using CertFunctions.Functions.Storage.Awards;
using Microsoft.Extensions.DependencyInjection;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Functions.Awards;

/// <summary>Wires single awards and their lists.</summary>
internal static class AwardServices
{
    public static IServiceCollection AddAwards(this IServiceCollection services) => services
        .AddSingleton<IAwardStore>(s => new TableAwardStore(s.Table(Tables.Awards), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<AuditOutbox>()))
        .AddSingleton<IAwardListStore>(s => new TableAwardListStore(s.Table(Tables.Awards)))
        .AddSingleton<IPastAwardStore>(s => new TablePastAwardStore(s.Table(Tables.Awards)))
        .AddSingleton<IAllAwardsStore>(s => new TableAllAwardsStore(s.Table(Tables.Awards)))
        .AddSingleton<IAwardCounts>(s => new TableAwardCounts(s.Table(Tables.Awards)))
        .AddSingleton<IExpiryCounts>(s => new TableExpiryCounts(s.Table(Tables.Awards)))
        .AddSingleton<IAwardProjection>(s => new TableAwardProjection(
            s.Table(Tables.Awards), s.GetRequiredService<IUserStore>(), s.GetRequiredService<TimeProvider>()))
        .AddSingleton<AssociationRules>()
        .AddSingleton<UserFollower>()
        .AddSingleton<AwardService>()
        .AddSingleton<AwardListService>()
        .AddSingleton<AllAwardsService>()
        .AddSingleton<NonHolderService>()
        .AddSingleton<ForecastService>();
}
