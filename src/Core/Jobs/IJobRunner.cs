namespace CertFunctions.Core.Jobs;

/// <summary>Carries out the jobs of one kind of work. All of it is safe to repeat, at once or after a crash.</summary>
public interface IJobRunner
{
    bool CarriesOut(Work work);

    /// <summary>Finds out, for a while, what there is to do.</summary>
    /// <returns>
    /// The job as it is stored afterwards: with its runs when they are known, ended when there is nothing to run or it was refused, else to
    /// go on in another step. Null: somebody else is at it.
    /// </returns>
    Task<StoredJob?> ResolveAsync(StoredJob stored, CancellationToken cancellationToken);

    /// <summary>Does what a run has to do, from where its receipt says.</summary>
    /// <param name="isNew">The run was most likely never begun.</param>
    Task<RunEnd> RunAsync(Job job, RunTasks run, bool isNew, CancellationToken cancellationToken);

    /// <summary>Does, for a while, what is left when all runs are done. Called only where the work <see cref="Work.HasFinish"/>.</summary>
    /// <param name="receipts">Of all runs.</param>
    /// <returns>Whether nothing is left; else to go on in another step.</returns>
    Task<bool> FinishAsync(Job job, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken);
}

/// <summary>How the processing of a run ended.</summary>
public enum RunEnd
{
    /// <summary>Nothing is left, and some of it was done just now.</summary>
    Done,

    /// <summary>Nothing was left to do.</summary>
    WasDone,

    /// <summary>Its job was cancelled.</summary>
    Cancelled,
}
