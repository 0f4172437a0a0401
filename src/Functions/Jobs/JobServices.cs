using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Health;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Audit;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Functions.Storage.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Functions.Jobs;

/// <summary>Wires the engine of jobs. What jobs do is wired by the features: an <see cref="IJobRunner"/> each.</summary>
internal static class JobServices
{
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(SweepSettingsOf(settings))
        .AddSingleton<IJobStore>(s => new LoggedJobStore(new TableJobStore(s.Table(Tables.Jobs), s.GetRequiredService<AuditOutbox>()), s.GetRequiredService<JobLog>()))
        .AddSingleton<IRunStore>(s => new TableRunStore(s.Table(Tables.Awards), s.GetRequiredService<TimeProvider>()))
        .AddSingleton<IManifestStore>(s => new BlobManifestStore(s.Container(Containers.Jobs)))
        .AddSingleton<IJobQueue>(s => new StorageJobQueue(s.Queue(Queues.JobSteps), s.Queue(Queues.JobRuns), s.Queue(Queues.SmallJobRuns)))
        .AddSingleton(TaskListingSettings.Default)
        .AddSingleton<TaskListing>()
        .AddSingleton<JobRunners>()
        .AddSingleton<JobService>()
        .AddSingleton<JobControlService>()
        .AddSingleton(SmallJobSettings.Default)
        .AddSingleton<SmallJobs>()
        .AddSingleton<JobPosts>()
        .AddSingleton<JobControls>()
        .AddSingleton<JobStop>()
        .AddSingleton<JobStepService>()
        .AddSingleton<JobRunService>()
        .AddSingleton<JobResultsService>()
        .AddSingleton<JobProgress>()
        .AddSingleton<SweepService>()
        .AddSingleton<JobRunMessages>()
        .AddSingleton<JobTroubles>()
        .AddSingleton<JobLog>()
        .AddCheck<StalledJobsCheck>("stalledJobs");

    public static SweepSettings SweepSettingsOf(IConfiguration settings) => WholeNumberSetting.Read(settings, "Jobs:StalledAfterSeconds") is { } seconds
        ? SweepSettings.Default with { StalledAfter = TimeSpan.FromSeconds(seconds) }
        : SweepSettings.Default;
}
