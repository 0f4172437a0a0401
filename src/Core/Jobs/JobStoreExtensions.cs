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
        await jobs.TryReplaceAsync(job, stored, entry: null, cancellationToken) ?? await jobs.GetAsync(job.Id, cancellationToken);

    /// <summary>Puts on the job what a step has found out. What others note there meanwhile costs nothing: only who finds out the same is a rival.</summary>
    /// <param name="move">The job as it goes on: with its next part, with more of its plan looked at, or with its whole list of tasks.</param>
    /// <returns>The job as it is stored afterwards; null: it has ended meanwhile, or a rival was faster.</returns>
    public static async Task<StoredJob?> MoveAsync(this IJobStore jobs, StoredJob stored, Func<Job, Job> move, CancellationToken cancellationToken)
    {
        var from = PlaceOf(stored.Job);
        for (var attempts = new Attempts(); !stored.Job.IsFinal && !stored.Job.HasRuns && PlaceOf(stored.Job) == from;)
        {
            attempts.Next();
            var moved = move(stored.Job);
            if (await jobs.TryReplaceAsync(moved, stored, entry: null, cancellationToken) is { } put)
            {
                return put;
            }

            stored = await jobs.GetAsync(moved.Id, cancellationToken);
            if (HasPart(stored.Job, moved))
            {
                // It was put there, and others wrote to the job before the answer came.
                return stored;
            }
        }

        return null;
    }

    private static (int? Parts, int? RunsChecked) PlaceOf(Job job) => (job.Listed?.Parts.Count, job.Checked?.Run);

    private static bool HasPart(Job job, Job moved) =>
        moved.Manifest is { } whole ? job.Manifest == whole : moved.Listed is { } listed && job.Listed?.Parts.Contains(listed.Parts[^1]) == true;
}
