using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awarding.Plans;
using CertFunctions.Core.Awarding.Undoing;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awarding;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Functions.Awarding;

/// <summary>Wires the awarding of many users.</summary>
internal static class AwardingServices
{
    public static IServiceCollection AddAwarding(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(AwardUsersSettingsOf(settings))
        .AddSingleton<ISelectionStore>(s => new BlobSelectionStore(s.Container(Containers.Jobs)))
        .AddSingleton<SelectionReader>()
        .AddSingleton<SelectionResolver>()
        .AddSingleton<TaskDecisions>()
        .AddSingleton<UndoDecisions>()
        .AddSingleton<AwardRunner>()
        .AddSingleton<AwardUsersService>()
        .AddSingleton<IJobRunner, AwardUsersJobRunner>()
        .AddSingleton<RetroactiveTasks>()
        .AddSingleton<RetroactiveService>()
        .AddSingleton<IJobRunner, RetroactiveJobRunner>()
        .AddSingleton<UndoJobRunner>()
        .AddSingleton<IJobRunner>(s => s.GetRequiredService<UndoJobRunner>())
        .AddSingleton<UndoService>()
        .AddSingleton<PlanChecker>()
        .AddSingleton<IPlanCheck>(s => s.GetRequiredService<PlanChecker>())
        .AddSingleton<PlanService>();

    public static AwardUsersSettings AwardUsersSettingsOf(IConfiguration settings) =>
        new(WholeNumberSetting.Read(settings, "Limits:ConfirmAbove") ?? Limits.ConfirmAbove);
}
