namespace CertFunctions.Core.Jobs;

/// <summary>Stops a job that was cancelled: closes its runs, so that whoever still writes for one is refused, and ends it then.</summary>
public sealed class JobStop(IManifestStore manifests, IRunStore runs, JobProgress progress)
{
    private const int ClosedAtOnce = 16;

    /// <summary>Safe to repeat, at once or after a crash.</summary>
    /// <param name="done">Runs that have nothing left to do.</param>
    public async Task StopAsync(StoredJob stopping, IReadOnlySet<int> done, CancellationToken cancellationToken)
    {
        var job = stopping.Job;
        var shards = job.Work.FewRuns is { } few ? [.. few.Select(run => run.Shard)]
            : await manifests.ListShardsAsync(job.ListedBy, job.Manifest!, cancellationToken);
        var open = shards.Index().Where(run => !done.Contains(run.Index)).Select(run => new RunKey(job.Id, run.Index, run.Item));
        await Parallel.ForEachAsync(
            open,
            new ParallelOptions { MaxDegreeOfParallelism = ClosedAtOnce, CancellationToken = cancellationToken },
            async (run, token) => await CloseAsync(run, job.Turn, token));
        await progress.CancelAsync(stopping, cancellationToken);
    }

    private async Task CloseAsync(RunKey run, JobTurn turn, CancellationToken cancellationToken)
    {
        var (writer, attempts) = (await runs.OpenAsync(run, turn, isNew: false, cancellationToken), new Attempts());
        while (writer.Receipt.Stopped is null)
        {
            attempts.Next();
            await writer.StopAsync([], RunReceipt.Cancelled, cancellationToken);
        }
    }
}
