namespace CertFunctions.Core.Jobs;

/// <summary>Keeps how far the runs of jobs have come, and what each of their tasks came to: written together with what the run changes.</summary>
public interface IRunStore
{
    /// <summary>Opens a shard for writing on behalf of a run.</summary>
    /// <param name="turn">Of its job: <see cref="RunReceipt.SeenIn"/> says what that means.</param>
    /// <param name="isNew">The run was most likely never begun. Spares a read; if it was begun, the first commit finds out.</param>
    Task<IRunWriter> OpenAsync(RunKey run, JobTurn turn, bool isNew, CancellationToken cancellationToken);

    /// <summary>The receipts of all runs of a job that have begun.</summary>
    Task<IReadOnlyList<RunReceipt>> ListReceiptsAsync(JobId jobId, CancellationToken cancellationToken);

    /// <summary>The results of one run, in the order of its tasks.</summary>
    Task<Page<JobResult>> ListResultsAsync(RunKey run, ChangeOutcome? outcome, PageRequest page, CancellationToken cancellationToken);
}
