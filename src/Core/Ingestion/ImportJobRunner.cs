using CertFunctions.Core.Awarding;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>Carries out <see cref="ImportWork"/>: reads the file, does what its rows ask for, and writes the report.</summary>
public sealed class ImportJobRunner(ImportReader reader, AwardRunner awards, DirectoryRunner directory, ImportReporter reporter) : IJobRunner
{
    public bool CarriesOut(Work work) => work is ImportWork;

    public Task<StoredJob?> ResolveAsync(StoredJob stored, CancellationToken cancellationToken) => reader.ReadAsync(stored, cancellationToken);

    public Task<bool> RunAsync(Job job, RunTasks run, bool isNew, CancellationToken cancellationToken) => FileOf(job).Kind == ImportKind.Awards
        ? awards.RunAsync(job, run, isNew, cancellationToken)
        : directory.RunAsync(job, run, isNew, cancellationToken);

    public Task<bool> FinishAsync(Job job, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken) =>
        reporter.WriteAsync(job.Id, FileOf(job), receipts, cancellationToken);

    private static ImportFile FileOf(Job job) => ((ImportWork)job.Work).File;
}
