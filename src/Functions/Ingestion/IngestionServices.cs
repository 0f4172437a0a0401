using CertFunctions.Core.Awarding;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.FullSync;
using CertFunctions.Core.Ingestion.Rows;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Ingestion;
using Microsoft.Extensions.DependencyInjection;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Functions.Ingestion;

/// <summary>Wires the import of files.</summary>
internal static class IngestionServices
{
    public static IServiceCollection AddIngestion(this IServiceCollection services) => services
        .AddSingleton<IImportFiles>(s => new BlobImportFiles(
            s.Container(Containers.Imports), s.Container(Containers.ImportsArchive), s.Container(Containers.ImportReports), s.Container(Containers.Jobs)))
        .AddSingleton<IImportStore>(s => new TableImportStore(s.Table(Tables.Imports), s.Container(Containers.Jobs)))
        .AddSingleton(ImportSettings.Default)
        .AddSingleton<CsvTaskReaders>()
        .AddSingleton<ImportService>()
        .AddSingleton<ImportReader>()
        .AddSingleton<PartedReport>()
        .AddSingleton<ImportReporter>()
        .AddSingleton<UserImport>()
        .AddSingleton<DirectoryRunner>()
        .AddSingleton<IJobRunner, ImportJobRunner>()
        .AddSingleton(s => new FullSyncSettings(s.GetRequiredService<AwardUsersSettings>().ConfirmAbove))
        .AddSingleton<FullSyncService>()
        .AddSingleton<MissingUsersReader>()
        .AddSingleton<MissingUsersReporter>()
        .AddSingleton<IJobRunner, DeactivateMissingJobRunner>()
        .AddSingleton<ImportUploads>()
        .AddSingleton<IngestionLog>();
}
