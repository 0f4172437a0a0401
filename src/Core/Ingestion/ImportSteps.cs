using CertFunctions.Core.Awards;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>Takes a job of kind import from step to step: reading the file, the runs, the report.</summary>
public sealed class ImportSteps(
    IJobStore jobs, IAwardStore awards, IJobQueue queue, ImportReader reader, ImportReporter reporter, JobProgress progress)
{
    /// <summary>Does what comes next. Safe to repeat, at once or after a crash.</summary>
    /// <exception cref="InvalidOperationException">There is no such job: the message is not ours.</exception>
    public async Task AdvanceAsync(JobId jobId, CancellationToken cancellationToken)
    {
        var stored = await jobs.FindAsync(jobId, cancellationToken)
            ?? throw new InvalidOperationException($"There is no job {jobId}.");
        var read = stored.Job is { IsFinal: false, Manifest: null } ? await reader.ReadAsync(stored, cancellationToken) : stored;
        await (read?.Job switch
        {
            null or { IsFinal: true } => Task.CompletedTask,
            { Manifest: null } => queue.SendImportAsync(jobId, cancellationToken),
            _ => RunOrReportAsync(read, cancellationToken),
        });
    }

    /// <summary>Gives the job up, unless runs of it are under way: these decide how it ends, and its report is written behind them.</summary>
    public async Task GiveUpAsync(JobId jobId, string detail, CancellationToken cancellationToken)
    {
        var job = (await jobs.FindAsync(jobId, cancellationToken))?.Job;
        var isReport = job is { Manifest: not null } && (await jobs.ListRunsDoneAsync(jobId, cancellationToken)).Count == job.Runs;
        await (isReport
            ? progress.FailAsync(jobId, "import_failed", detail, cancellationToken)
            : progress.FailBeforeRunsAsync(jobId, "import_failed", detail, cancellationToken));
    }

    private async Task RunOrReportAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        var done = await jobs.ListRunsDoneAsync(stored.Job.Id, cancellationToken);
        if (done.Count < stored.Job.Runs)
        {
            var left = Enumerable.Range(0, stored.Job.Runs).Where(run => !done.Contains(run));
            await queue.SendRunsAsync(stored.Job.Id, left, cancellationToken);
            return;
        }

        var receipts = await awards.ListReceiptsAsync(stored.Job.Id, cancellationToken);
        await reporter.WriteAsync(stored.Job, receipts, cancellationToken);
        await progress.CompleteAsync(stored, receipts, cancellationToken);
    }
}
