namespace CertFunctions.Core.Jobs;

internal static class JobStoreExtensions
{
    /// <exception cref="InvalidOperationException">There is no such job: whoever names it is not ours.</exception>
    public static async Task<StoredJob> GetAsync(this IJobStore jobs, JobId id, CancellationToken cancellationToken) =>
        await jobs.FindAsync(id, cancellationToken) ?? throw new InvalidOperationException($"There is no job {id}.");

    /// <returns>What was begun under the id; null: nothing.</returns>
    public static Task<StoredJob?> FindBegunAsync(this IJobStore jobs, ReservedJobId reserved, CancellationToken cancellationToken) =>
        reserved.IsNew ? Task.FromResult<StoredJob?>(null) : jobs.FindAsync(reserved.Id, cancellationToken);

    /// <summary>Whoever was faster decides.</summary>
    /// <returns>The job as it is stored afterwards.</returns>
    public static async Task<StoredJob> ReplaceOrFindAsync(this IJobStore jobs, StoredJob stored, Job job, CancellationToken cancellationToken) =>
        await jobs.TryReplaceAsync(job, stored.Revision, cancellationToken) ?? await jobs.GetAsync(job.Id, cancellationToken);
}
