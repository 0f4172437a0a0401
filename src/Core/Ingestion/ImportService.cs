using System.Runtime.CompilerServices;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>Takes files in: each becomes a job of kind import.</summary>
public sealed class ImportService(IImportFiles files, IImportStore imports, IJobStore jobs, JobService service, OrganisationClock clock)
{
    /// <summary>Whom jobs of dropped files name as their author: who wrote into the storage is not known.</summary>
    public const string Dropper = "csv-drop";

    /// <summary>
    /// Ingests a file that lies in the drop. May be asked any number of times, at once or after a crash: a file becomes one job, and
    /// then leaves the drop.
    /// </summary>
    public async Task<Ingestion> IngestAsync(string path, CancellationToken cancellationToken)
    {
        if (await files.FindDroppedAsync(path, cancellationToken) is not { } dropped)
        {
            return new Ingestion.Gone();
        }

        if (dropped.Target is null)
        {
            return new Ingestion.NotOurs();
        }

        var (id, stored) = await RegisterAsync(dropped, cancellationToken);
        var isNew = stored is null;
        if (stored is null)
        {
            var taken = new TakenFile(id, dropped);
            await imports.NoteTakenAsync(taken, cancellationToken);
            stored = await TakeAsync(taken, cancellationToken);
            if (stored is null)
            {
                // Written over since it was looked at: that upload is reported by itself.
                return new Ingestion.Gone();
            }
        }

        await service.StartAsync(stored.Job, cancellationToken);
        await files.RemoveDroppedAsync(dropped, cancellationToken);
        return isNew ? new Ingestion.Begun(id) : new Ingestion.Known(id);
    }

    /// <summary>Ingests a file that lies in the archive already. The same again after a crash: what was begun goes on.</summary>
    /// <param name="isPlan">Only find out what would come of it.</param>
    public async Task<Job> IngestAsync(ImportFile file, bool isPlan, string caller, JobId id, CancellationToken cancellationToken)
    {
        var stored = await AddAsync(id, file, isPlan, caller, cancellationToken);
        await service.StartAsync(stored.Job, cancellationToken);
        return stored.Job;
    }

    /// <summary>Takes in what no trigger reported.</summary>
    /// <param name="patience">Younger files may still be on their way to a trigger.</param>
    /// <returns>What was found, and what became of it.</returns>
    /// <exception cref="AggregateException">Some could not be looked after; the others were.</exception>
    public async IAsyncEnumerable<(DroppedFile File, Ingestion Outcome)> ReconcileAsync(
        TimeSpan patience, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var each = new EachByItself();
        await foreach (var taken in imports.ListTakenAsync(cancellationToken))
        {
            if (clock.Now - taken.File.DroppedAt >= patience
                && await each.TryAsync(taken.File.Path, () => FinishAsync(taken, cancellationToken), cancellationToken) is { } outcome)
            {
                yield return (taken.File, outcome);
            }
        }

        await foreach (var dropped in files.ListDroppedAsync(cancellationToken))
        {
            if (dropped.Target is not null
                && clock.Now - dropped.DroppedAt >= patience
                && await each.TryAsync(dropped.Path, () => IngestAsync(dropped.Path, cancellationToken), cancellationToken) is { } outcome)
            {
                yield return (dropped, outcome);
            }
        }

        each.ThrowIfAnyFailed();
    }

    /// <summary>
    /// For a file that a crash left between the archive and its job. The drop may hold another by now: what counts is whether it was copied,
    /// which nobody can do any more once it is another.
    /// </summary>
    private async Task<Ingestion> FinishAsync(TakenFile taken, CancellationToken cancellationToken)
    {
        var isNew = await jobs.FindAsync(taken.JobId, cancellationToken) is null;
        if (await TakeAsync(taken, cancellationToken) is not { } stored)
        {
            return new Ingestion.Gone();
        }

        await service.StartAsync(stored.Job, cancellationToken);
        return isNew ? new Ingestion.Begun(taken.JobId) : new Ingestion.Known(taken.JobId);
    }

    /// <returns>The job; null where the file is another by now and was not copied before.</returns>
    private async Task<StoredJob?> TakeAsync(TakenFile taken, CancellationToken cancellationToken)
    {
        var file = FileOf(taken.File, taken.JobId);
        var stored = await files.TryArchiveAsync(taken.File, file.Archive, cancellationToken)
            ? await AddAsync(taken.JobId, file, isPlan: false, Dropper, cancellationToken)
            : null;
        await imports.ForgetTakenAsync(taken.JobId, cancellationToken);
        return stored;
    }

    /// <summary>
    /// Content that was ingested before is not ingested again, unless rows of it failed and somebody drops it once more: then what was in
    /// the way may have been mended.
    /// </summary>
    private async Task<(JobId Id, StoredJob? Stored)> RegisterAsync(DroppedFile dropped, CancellationToken cancellationToken)
    {
        var proposed = JobId.New(clock.Now);
        var registered = await imports.RegisterAsync(dropped, proposed, null, cancellationToken);
        var stored = await jobs.FindAsync(registered.JobId, cancellationToken);
        if (stored?.Job is { IsFinal: true, Status: not JobStatus.Completed } && registered.Revision != dropped.Revision)
        {
            registered = await imports.RegisterAsync(dropped, proposed, registered.JobId, cancellationToken);
            stored = await jobs.FindAsync(registered.JobId, cancellationToken);
        }

        return (registered.JobId, stored);
    }

    private static ImportFile FileOf(DroppedFile dropped, JobId id) => new()
    {
        Kind = dropped.Target!.Value.Kind,
        Name = dropped.Target!.Value.Name,
        Archive = $"{dropped.Path}.{id}",
        Length = dropped.Length,
        OnExisting = OnExisting.KeepNewest,
        Options = dropped.Options,
    };

    private async Task<StoredJob> AddAsync(JobId id, ImportFile file, bool isPlan, string caller, CancellationToken cancellationToken)
    {
        var (stored, _) = await service.AddAsync(Job.Queued(id, new ImportWork(file), caller, clock.Now) with { IsPlan = isPlan }, cancellationToken);
        return stored;
    }
}

/// <summary>What became of a file in the drop.</summary>
public abstract record Ingestion
{
    private Ingestion()
    {
    }

    public sealed record Begun(JobId Id) : Ingestion;

    /// <summary>The job of this content of this file was there before.</summary>
    public sealed record Known(JobId Id) : Ingestion;

    /// <summary>It has been taken in by somebody else, written over, or deleted.</summary>
    public sealed record Gone : Ingestion;

    /// <summary>It lies in no folder that is ingested, and stays there.</summary>
    public sealed record NotOurs : Ingestion;
}
