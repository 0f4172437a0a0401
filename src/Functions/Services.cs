using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Rows;
using CertFunctions.Core.Jobs;
using CertFunctions.Core.Lms;
using CertFunctions.Functions.Awarding;
using CertFunctions.Functions.Http;
using CertFunctions.Functions.Ingestion;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Lms;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Functions.Storage.Certifications;
using CertFunctions.Functions.Storage.Completions;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.Functions.Storage.Ingestion;
using CertFunctions.Functions.Storage.Jobs;
using CertFunctions.Functions.Storage.Lms;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Functions;

/// <summary>All wiring.</summary>
internal static class Services
{
    /// <summary>Kestrel's own 30 MB would answer a larger upload with 500. Some more than what we take, so that we say why not.</summary>
    private const long BodyBytes = Limits.UploadBytes + (1024 * 1024);

    public static IServiceCollection AddCertFunctions(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(new OrganisationClock(TimeProvider.System, OrganisationTimeZone.Of(settings)))
        .AddStorage(settings)
        .AddAwards(settings)
        .AddHttp(settings)
        .AddDirectory()
        .AddCertifications()
        .AddCompletions()
        .AddIngestion()
        .AddWebhooks(settings);

    private static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(new StorageClients(settings))
        .AddSingleton<LocalStorage>()
        .AddSingleton<StorageProbe>();

    private static IServiceCollection AddAwards(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton<IAwardStore>(s => new TableAwardStore(s.Table(Tables.Awards), s.GetRequiredService<TimeProvider>()))
        .AddSingleton<IAwardListStore>(s => new TableAwardListStore(s.Table(Tables.Awards)))
        .AddSingleton<IAwardCounts>(s => new TableAwardCounts(s.Table(Tables.Awards)))
        .AddSingleton<IAwardProjection>(s => new TableAwardProjection(s.Table(Tables.Awards), s.GetRequiredService<IAwardStore>()))
        .AddSingleton<AwardService>()
        .AddSingleton<MemberSourceRules>()
        .AddSingleton<AwardListService>()
        .AddSingleton<AllAwardsService>()
        .AddSingleton<IJobStore>(s => new LoggedJobStore(new TableJobStore(s.Table(Tables.Jobs)), s.GetRequiredService<JobLog>()))
        .AddSingleton<IJobQueue>(s => new StorageJobQueue(s.Queue(Queues.JobExpansions), s.Queue(Queues.JobImports), s.Queue(Queues.JobRuns)))
        .AddSingleton<ISelectionStore>(s => new BlobSelectionStore(s.Container(Containers.Jobs)))
        .AddSingleton(JobSettings.AwardUsers(settings))
        .AddSingleton(JobSettings.Sweep(settings))
        .AddSingleton<SelectionReader>()
        .AddSingleton<SelectionResolver>()
        .AddSingleton<AssociationRules>()
        .AddSingleton<TaskDecisions>()
        .AddSingleton<RenameFollower>()
        .AddSingleton<AwardRunner>()
        .AddSingleton<IsStorageTrouble>(e => StorageFault.IsTrouble(e))
        .AddSingleton<JobStart>()
        .AddSingleton<JobProgress>()
        .AddSingleton<JobLog>()
        .AddSingleton<JobTroubles>()
        .AddSingleton<JobRunService>()
        .AddSingleton<JobResultsService>()
        .AddSingleton<ExpansionService>()
        .AddSingleton<SweepService>()
        .AddSingleton<AwardUsersService>()
        .AddSingleton<JobAnswers>();

    private static IServiceCollection AddHttp(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(new Doorkeeper(settings))
        .Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = BodyBytes)
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
        .AddSingleton<IExternalTrainingStore>(s => new TableExternalTrainingStore(s.Table(Tables.Directory)))
        .AddSingleton<IUserArrivals, AwaitedArrivals>()
        .AddSingleton<UserWriter>()
        .AddSingleton<UserService>()
        .AddSingleton<UserListService>()
        .AddSingleton<UserFollowUpService>()
        .AddSingleton<GroupService>()
        .AddSingleton<BranchService>()
        .AddSingleton<ExternalTrainingService>();

    private static IServiceCollection AddCertifications(this IServiceCollection services) => services
        .AddSingleton<ICertificationStore>(s => new TableCertificationStore(s.Table(Tables.Certifications)))
        .AddSingleton<CertificationCatalog>()
        .AddSingleton<CertificationService>();

    private static IServiceCollection AddCompletions(this IServiceCollection services) => services
        .AddSingleton<ICompletionStore>(s => new TableCompletionStore(s.Table(Tables.Awards)))
        .AddSingleton<CompletionService>()
        .AddSingleton<ExternalCompletionService>()
        .AddSingleton<RetroactiveTasks>()
        .AddSingleton<RetroactiveService>();

    private static IServiceCollection AddIngestion(this IServiceCollection services) => services
        .AddSingleton<IImportFiles>(s => new BlobImportFiles(
            s.Container(Containers.Imports), s.Container(Containers.ImportsArchive), s.Container(Containers.ImportReports), s.Container(Containers.Jobs)))
        .AddSingleton<IImportStore>(s => new TableImportStore(s.Table(Tables.Imports), s.Container(Containers.Jobs)))
        .AddSingleton(ImportSettings.Default)
        .AddSingleton<RowReaders>()
        .AddSingleton<ImportService>()
        .AddSingleton<ImportReader>()
        .AddSingleton<ImportReporter>()
        .AddSingleton<ImportSteps>()
        .AddSingleton<DirectoryRunner>()
        .AddSingleton<ImportUploads>()
        .AddSingleton<IngestionLog>();

    private static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(WebhookSettings.Of(settings))
        .AddSingleton<WebhookProof>()
        .AddSingleton<IWebhookStore>(s => new BlobWebhookStore(s.Container(Containers.Webhooks)))
        .AddSingleton<IWebhookQueue>(s => new StorageWebhookQueue(s.Queue(Queues.WebhookMessages)))
        .AddSingleton<IDeadLetterStore>(s => new TableDeadLetterStore(s.Table(Tables.Webhooks), s.GetRequiredService<IWebhookStore>()))
        .AddSingleton<ElementService>()
        .AddSingleton<WebhookService>()
        .AddSingleton<DeadLetterService>();

    private static QueueClient Queue(this IServiceProvider services, string name) => services.GetRequiredService<StorageClients>().Queue(name);

    private static BlobContainerClient Container(this IServiceProvider services, string name) =>
        services.GetRequiredService<StorageClients>().Container(name);

    private static TableClient Table(this IServiceProvider services, string name) => services.GetRequiredService<StorageClients>().Table(name);
}
