using CertFunctions.Core.Awarding;
using CertFunctions.Core.Ingestion.FullSync;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>Carries out <see cref="ImportWork"/>: reads the file, does what its rows ask for, writes the report, and begins what follows.</summary>
public sealed class ImportJobRunner(
    ImportReader reader, AwardRunner awards, DirectoryRunner directory, ImportReporter reporter, FullSyncService fullSync) : IJobRunner
{
    public bool CarriesOut(Work work) => work is ImportWork;

    public Task<StoredJob?> ResolveAsync(StoredJob stored, CancellationToken cancellationToken) => reader.ReadAsync(stored, cancellationToken);

    public Task<RunEnd> RunAsync(Job job, RunTasks run, bool isNew, CancellationToken cancellationToken) => FileOf(job).Kind == ImportKind.Awards
        ? awards.RunAsync(job, run, isNew, cancellationToken)
        : directory.RunAsync(job, run, isNew, cancellationToken);

    public async Task<bool> FinishAsync(Job job, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken)
    {
        if (!await reporter.WriteAsync(job, FileOf(job), receipts, cancellationToken))
        {
            return false;
        }

        await fullSync.FollowAsync(job, cancellationToken);
        return true;
    }

    private static ImportFile FileOf(Job job) => ((ImportWork)job.Work).File;
}
